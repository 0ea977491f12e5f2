// Small helpers to build the page's parts.

/**
 * Make an element. Attributes that are null, undefined or false are left out; children may be texts or elements.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | false)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

const SHAPES = {
  text: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  news: "M4 10v4h3l9 5V5l-9 5H4Zm15-1a4 4 0 0 1 0 6M7 14l1 6h3l-1-5",
  forum: "M4 4h13v9H9l-5 4V4Zm7 13h6l4 3V9h-2",
  thread: "M6 4v8a4 4 0 0 0 4 4h9m-4-4 4 4-4 4",
  direct: "M3 6h18v12H3V6Zm0 1 9 6 9-6",
  events: "M4 6h16v14H4V6Zm0 5h16M8 3v5m8-5v5",
};

/** @param {string} kind */
export function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[kind] ?? SHAPES.text);
  svg.append(path);
  return svg;
}

/**
 * Put new children into a list without losing the keyboard's place: what had the focus, by its data-key, has it again.
 * @param {Element} parent
 * @param {Node[]} children
 */
export function refill(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  parent.replaceChildren(...children);
  if (focused) [...parent.querySelectorAll("[data-key]")].find((item) => item.dataset.key === focused)?.focus();
}
