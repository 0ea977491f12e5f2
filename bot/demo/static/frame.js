// Runs inside the conversation: tells the page around it when it is ready, and says in the person's language what the
// preview itself says in English. What the bot and the people wrote is never touched.

const locale = new URLSearchParams(location.search).get("lang") ?? "en";
const texts = await (await fetch("/demo/texts.json")).json();
const phrases = texts[locale.split("-")[0]]?.frame ?? {};
document.documentElement.lang = locale;

// Only these parts are the preview's own words.
const OWN = [
  "#channel-layout > .history-button",
  "#channel-empty",
  "#reply-label",
  ".message-ephemeral-note",
  ".message-loading",
  ".message-edited",
  ".message-edited-compact",
  ".message-interaction-header",
  ".modal-actions button",
  ".modal-disclaimer",
  ".field-error",
  ".select-value-label",
  ".select-chips",
  ".select-guidance",
  ".select-candidate-search-label",
  ".select-candidate-pages button",
  ".select-candidate-status",
  ".select-empty",
  ".select-apply",
  ".select-cancel",
  ".command-popup-heading",
  ".command-empty",
  ".command-optional-count",
  ".command-ghost",
  ".command-error",
].join(", ");
const LABELLED =
  "button[aria-label], textarea, input, #channel-layout, .select-trigger, .select-list, [role='combobox']";
const ATTRIBUTES = ["placeholder", "aria-label", "title"];

/** @type {{pattern: RegExp, names: string[], phrase: string}[]} */
const patterns = Object.entries(phrases)
  .filter(([english]) => english.includes("{"))
  .map(([english, phrase]) => ({
    pattern: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "(.+)")}$`),
    names: [...english.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
    phrase,
  }));

function translated(text) {
  const exact = phrases[text] ?? phrases[text.trim()];
  if (exact) return exact;
  for (const { pattern, names, phrase } of patterns) {
    const match = pattern.exec(text);
    if (match) return phrase.replace(/\{(\w+)\}/g, (whole, name) => match[names.indexOf(name) + 1] ?? whole);
  }
  return null;
}

function translateTexts(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const better = translated(text.data);
    if (better && better !== text.data) text.data = better;
  }
}

function translateLabels(part) {
  for (const name of ATTRIBUTES) {
    const label = part.getAttribute(name);
    const better = label && translated(label);
    if (better && better !== label) part.setAttribute(name, better);
  }
}

function translate(root) {
  const part = root instanceof Element ? root : root.parentElement;
  if (!part) return;
  const own = part.closest(OWN);
  for (const item of own ? [own] : part.querySelectorAll(OWN)) translateTexts(item);
  if (part.matches(LABELLED)) translateLabels(part);
  for (const item of part.querySelectorAll(LABELLED)) translateLabels(item);
}

if (Object.keys(phrases).length) {
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else translate(change.target);
    }
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  translate(document.body);
}

// ------------------------------------------------------------------------------------------------ to the page around

const note = document.createElement("p");
note.className = "convenor-note";
note.setAttribute("role", "alert");
note.hidden = true;
document.body.append(note);
let noteEnds = 0;

/** The preview says in its workbench when an action did not get through. The workbench is hidden, so it is said here. */
function watchAction(action) {
  if (action && action.correlation !== watchAction.last) {
    watchAction.last = action.correlation;
    const lost = action.rejected && action.diagnostics.some(({ code }) => code !== "validation-failed");
    const slow = action.settlement === "timeout";
    if (lost || slow) {
      const english = slow
        ? "The bot took too long to answer."
        : "That did not get through, because something had changed meanwhile. Please try again.";
      note.textContent = phrases[english] ?? english;
      note.hidden = false;
      noteEnds = Date.now() + 7000;
    }
  }
  if (Date.now() > noteEnds) note.hidden = true;
}

/** Wait until something is there. It comes within moments, or not at all. */
async function appears(look, patience = 3000) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
}

function type(field, text) {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Type a command as a hand would, choose it from the list, fill its options in and send it. */
async function give({ command, options }) {
  document.querySelector(".command-chip-close")?.click();
  const input = document.getElementById("channel-composer-input");
  type(input, `/${command}`);
  const entry = await appears(() =>
    [...document.querySelectorAll(".command-entry")].find(
      (item) => item.querySelector("strong")?.textContent === `/${command}`,
    ),
  );
  entry?.click();
  for (const [name, value] of Object.entries(options)) {
    const field = await appears(() => document.querySelector(`.command-option-input[data-option="${CSS.escape(name)}"]`));
    if (!field) return;
    type(field, value);
  }
  if (!entry) return;
  const before = messages().at(-1);
  document.getElementById("send-message").click();
  const answer = await appears(() => {
    const newest = messages().at(-1);
    return newest !== before && !newest?.querySelector(".message-loading") && newest;
  }, 10_000);
  // The preview brings the newest message's end into sight; a long answer is read from its beginning.
  if (answer) await begin(answer);
}

const messages = () => [...document.querySelectorAll(".channel-message")];

async function begin(message) {
  await new Promise((done) => setTimeout(done, 300));
  message.scrollIntoView({ block: "start" });
}

/** Begin the conversation with the first message that has a text. */
async function look(text) {
  const found = await appears(() => messages().find((message) => message.textContent.includes(text)));
  if (found) await begin(found);
}

window.addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  if (typeof data?.command === "string") give(data);
  if (typeof data?.look === "string") look(data.look);
});

let told = "";
function watch() {
  const preview = window.simcordPreview;
  const lost = told && preview && !preview.authorized && !preview.pendingAction;
  const now = preview?.ready ? "ready" : lost ? "lost" : "";
  if (now && now !== told) {
    told = now;
    parent.postMessage(now, "*");
  }
  watchAction(preview?.lastAction);
  setTimeout(watch, 150);
}
watch();
