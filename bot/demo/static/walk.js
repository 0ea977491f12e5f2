// The walk: a handful of scenes in the visitor's own language, one at a time. Everything else on the page speaks the
// language of whoever looks; what explains the page must not.

import { element } from "./dom.js";

const $ = (id) => document.getElementById(id);
const texts = await (await fetch("/walk.json")).json();
const narrow = matchMedia("(max-width: 760px)");

/** @type {any[]} */
let scenes = [];
let at = -1;
let closed = false;
let language = navigator.languages.map((tag) => tag.split("-")[0]).find((code) => texts[code]) ?? "en";
/** @type {(action: string, body: object) => Promise<boolean>} */
let ask = async () => false;
/** @type {(scene: any) => void} */
let give = () => {};
/** @type {(scene: any) => void} */
let look = () => {};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const say = (key, values = {}) => fill(texts[language].walk[key], values);


const named = (scene) => Object.fromEntries(scene.labels.map((label, index) => [index + 1, label]));

/**
 * Offer the walk. `how` asks the server for a scene and tells whether it was there; `command` gives one to the bot,
 * `message` brings one into sight.
 * @param {any[]} offered
 */
export function offerWalk(offered, how, command, message) {
  ask = how;
  give = command;
  look = message;
  const before = JSON.stringify(scenes);
  scenes = offered;
  if (JSON.stringify(scenes) !== before) show();
}

/** Nothing may be pressed while something is under way. */
export function holdWalk(busy) {
  for (const button of $("walk").querySelectorAll("button")) button.disabled = busy;
}

async function go(number) {
  if (number >= scenes.length) {
    at = scenes.length;
    show();
    return;
  }
  $("walk-all").open = false;
  if (!(await ask("scene", { key: scenes[number].key }))) return;
  at = number;
  if (scenes[at].look) look(scenes[at]);
  show();
  if (narrow.matches) $("walk").scrollIntoView({ block: "start" });
}

function button(key, text, onclick, more = {}) {
  return element("button", { type: "button", "data-key": key, onclick, ...more }, text);
}

/** A word that is an arrow where there is little room. */
function step(key, arrow, number, more = {}) {
  const word = element("span", { class: "wide" }, say(key));
  const slim = element("span", { class: "slim", "aria-hidden": "true" }, arrow);
  const made = button(key, "", () => go(number), more);
  made.replaceChildren(word, slim);
  return made;
}

function show() {
  const walk = $("walk");
  walk.hidden = closed || !scenes.length;
  if (walk.hidden) return;
  walk.lang = language;
  walk.classList.toggle("begun", at >= 0);
  walk.setAttribute("aria-label", say("title"));
  const scene = scenes[at];
  const told = $("walk-told");
  if (scene) {
    told.replaceChildren(
      element("strong", {}, texts[language].titles[scene.key]),
      fill(texts[language].scenes[scene.key], named(scene)),
    );
  } else told.textContent = say(at < 0 ? "new" : "done", { count: scenes.length });
  $("walk-step").textContent = scene ? say("step", { number: at + 1, count: scenes.length }) : say("title");
  const steps = [];
  if (scene?.command) {
    steps.push(button("give", say("give", { command: scene.command }), () => give(scene), { class: "main" }));
  }
  if (at > 0) steps.push(step("back", "←", at - 1));
  if (at < 0) steps.push(button("next", say("begin"), () => go(0), { class: "main" }));
  else if (scene) steps.push(step("next", "→", at + 1, scene.command ? {} : { class: "main" }));
  $("walk-steps").replaceChildren(...steps);
  $("walk-all-title").textContent = say("all");
  $("walk-list").replaceChildren(...chapters());
  $("walk-language").setAttribute("aria-label", say("language"));
  $("walk-close").setAttribute("aria-label", say("end"));
  $("walk-close").title = say("end");
}

function chapters() {
  const parts = [...new Set(scenes.map((scene) => scene.chapter))];
  return parts.map((chapter) =>
    element(
      "li",
      {},
      element("h3", {}, texts[language].chapters[chapter]),
      element(
        "ul",
        {},
        ...scenes.map((scene, number) =>
          scene.chapter === chapter &&
          element(
            "li",
            {},
            button(scene.key, texts[language].titles[scene.key], () => go(number), {
              "aria-current": number === at ? "step" : null,
            }),
          ),
        ),
      ),
    ),
  );
}

const choice = $("walk-language");
choice.replaceChildren(
  ...Object.keys(texts).map((code) =>
    element("option", { value: code }, new Intl.DisplayNames([code], { type: "language" }).of(code)),
  ),
);
choice.value = language;
choice.addEventListener("change", () => {
  language = choice.value;
  show();
});
$("walk-close").addEventListener("click", () => {
  closed = true;
  show();
});
document.addEventListener("click", (event) => {
  if (!$("walk-all").contains(event.target)) $("walk-all").open = false;
});
