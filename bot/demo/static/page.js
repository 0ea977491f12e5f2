// The page around the conversation: who looks, where they can look, and the buttons that move the world on.
// The server holds the state; this file shows it and asks for changes, so that two tabs always show the same.

import { element, icon, refill } from "./dom.js";
import { holdWalk, offerWalk } from "./walk.js";

const $ = (id) => document.getElementById(id);
const texts = await (await fetch("/texts.json")).json();
const narrow = matchMedia("(max-width: 760px)");
/** @type {any} */
let state = null;
let shownFrame = null;
let busy = 0;
/** What the conversation is to be told once it is there. */
let waiting = null;

// ---------------------------------------------------------------------------------------------------------- language

const persona = () => state.people.find((item) => item.key === state.person);
const language = () => (texts[persona().locale.split("-")[0]] ? persona().locale.split("-")[0] : "en");

/** A text in the language of the person who looks, with its {places} filled. */
function say(key, values = {}, part = "page") {
  const found = texts[language()][part][key] ?? texts.en[part][key] ?? "";
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const number = (value) => new Intl.NumberFormat(persona().locale).format(value);
const moment = (iso, options) =>
  new Intl.DateTimeFormat(persona().locale, { timeZone: persona().zone, ...options }).format(new Date(iso));
const named = (type, code) => (code ? new Intl.DisplayNames([persona().locale], { type }).of(code) : "");

/** A person's country and language, named in the language of the person who looks. */
const origin = (item) =>
  [named("region", item.country), named("language", item.locale.split("-")[0])].filter(Boolean).join(" · ");

// ------------------------------------------------------------------------------------------------- asking the server

async function ask(action, body = {}) {
  busy += 1;
  showBusy();
  // The conversation that is left must not go on asking for what belongs to it.
  if (action === "open" || action === "scene") dropFrame();
  try {
    const answer = await fetch(`/api/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const value = await answer.json();
    if (value.error) throw new Error(value.error);
    const same = value.frame && value.frame === shownFrame;
    show(value);
    // The conversation looks for news twice a second, and refuses what is asked of an old state of affairs.
    if (same) await new Promise((done) => setTimeout(done, 600));
    return true;
  } catch (error) {
    if (!shownFrame) show(state);
    showLog(say("failed", { reason: error.message }), "trouble");
    return false;
  } finally {
    busy -= 1;
    showBusy();
  }
}

async function update() {
  const answer = await fetch("/api/state");
  const value = await answer.json();
  if (value.error) throw new Error(value.error);
  // An answer to a question asked meanwhile may have been faster.
  if (!state || value.version >= state.version) show(value);
}

/** Open the conversation again after it was given up, unless another one took its place. */
async function reopen() {
  const before = state.frame;
  await update();
  if (state.frame === before) await ask("open", { person: state.person, place: state.place.id });
}

function listen() {
  const changes = new EventSource("/api/changes");
  changes.onmessage = (event) => {
    if (!state || Number(event.data) > state.version) update().catch(() => {});
  };
  changes.onerror = () => state && showLog(say("offline"), "trouble");
}

// ------------------------------------------------------------------------------------------------------------ showing

function show(value) {
  const before = state;
  state = value;
  document.documentElement.lang = persona().locale;
  document.title = say("title", { server: state.server });
  for (const item of document.querySelectorAll("[data-text]")) item.textContent = say(item.dataset.text);
  $("server").textContent = state.server;
  $("controls").setAttribute("aria-label", say("controls"));
  showClock();
  showPeople();
  showCard();
  showPlaces();
  showConversation(before);
  if (!before || JSON.stringify(before.last) !== JSON.stringify(state.last) || before.person !== state.person) {
    showLast();
  }
  offerWalk(state.scenes, ask, giveCommand, lookAt);
  showBusy();
}

/** Let the conversation type a command and send it. */
function giveCommand({ command, options }) {
  tellFrame({ command, options });
  $("frame").querySelector("iframe")?.focus();
}

/** Let the conversation begin with a message, once it is there. */
function lookAt({ look }) {
  tellFrame({ look });
}

function tellFrame(message) {
  if (!$("opening").hidden) waiting = message;
  else $("frame").querySelector("iframe")?.contentWindow.postMessage(message, new URL(shownFrame).origin);
}

function showClock() {
  const clock = $("clock");
  clock.dateTime = state.now;
  clock.textContent = moment(state.now, { dateStyle: narrow.matches ? "medium" : "full", timeStyle: "short" });
  const parts = new Intl.DateTimeFormat(persona().locale, {
    timeZone: persona().zone,
    timeZoneName: narrow.matches ? "shortOffset" : "longGeneric",
  });
  $("zone").textContent = parts.formatToParts(new Date(state.now)).find((part) => part.type === "timeZoneName").value;
  $("clock-label").textContent = say("clock", { name: persona().name });
  clock.parentElement.title = say("stands");
}

function portrait(item, size) {
  return element("img", { src: `/picture/${encodeURIComponent(item.key)}.png`, alt: "", width: size, height: size });
}

function unreadMark(count) {
  if (!count) return null;
  return element(
    "span",
    { class: "count" },
    element("span", { "aria-hidden": "true" }, number(count)),
    element("span", { class: "hidden" }, ` (${say("unread", { count: number(count) })})`),
  );
}

function showPeople() {
  const rows = state.people.map((item) => {
    const note = !item.present ? say("outside") : item.pending ? say("pending") : "";
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "row person",
          "data-key": item.key,
          "aria-current": item.key === state.person ? "true" : null,
          onclick: () => ask("open", { person: item.key, place: "" }),
        },
        portrait(item, 36),
        element(
          "span",
          { class: "who" },
          element("strong", {}, item.name),
          element("small", {}, note || origin(item)),
        ),
        item.key === state.person ? null : unreadMark(item.unread),
      ),
    );
  });
  refill($("people-list"), rows);
}

function showCard() {
  const item = persona();
  const work = [item.post, item.organisation].filter(Boolean).join(", ");
  const roles = item.roles.map((role) => element("li", {}, role));
  if (item.owner) roles.unshift(element("li", { class: "own" }, say("owner")));
  const none = item.present && !roles.length ? [element("li", { class: "none" }, say("no_roles"))] : roles;
  refill($("card"), [
    portrait(item, 48),
    element(
      "div",
      { class: "who" },
      element("h2", {}, item.name),
      work && element("p", {}, work),
      element("p", { class: "muted" }, origin(item)),
    ),
    element("ul", { class: "roles", "aria-label": say("roles") }, ...none),
    item.present ? null : element("p", { class: "notice" }, say("outside")),
    item.pending &&
      element(
        "p",
        { class: "notice" },
        say("pending"),
        element(
          "button",
          { type: "button", "data-key": "accept", onclick: () => ask("accept", { person: item.key }) },
          say("accept"),
        ),
      ),
  ].filter(Boolean));
}

function placeName(place) {
  if (place.kind === "events") return say("events");
  return place.name;
}

function showPlaces() {
  $("places").setAttribute("aria-label", say("places", { name: persona().name }));
  const rows = [];
  for (const place of state.places) {
    if (place.kind === "category" || place.kind === "direct") {
      const title = place.kind === "direct" ? say("direct") : place.name;
      rows.push(element("li", { class: "category" }, element("h3", {}, title)));
    }
    if (place.kind !== "category") rows.push(element("li", { class: `depth-${place.depth}` }, placeButton(place)));
  }
  refill($("places-list"), rows);
  const waiting = persona().unread;
  $("menu-count").hidden = !waiting;
  $("menu-count").textContent = waiting ? number(waiting) : "";
}

function placeButton(place) {
  const kind = say(`kind_${place.kind}`);
  const current = state.place?.id === place.id;
  return element(
    "button",
    {
      type: "button",
      class: place.unread ? "row place unread" : "row place",
      "data-key": place.id,
      "aria-current": current ? "page" : null,
      onclick: () => {
        closeMenu();
        ask("open", { person: state.person, place: place.id });
      },
    },
    icon(place.kind),
    element("span", { class: "name", title: placeName(place) }, placeName(place)),
    kind && element("span", { class: "hidden" }, ` (${kind})`),
    place.archived ? element("small", {}, say("archived")) : null,
    current && place.kind !== "forum" ? null : unreadMark(place.unread),
  );
}

function showConversation(before) {
  const place = state.place;
  const name = place ? (place.kind === "text" || place.kind === "news" ? `#${place.name}` : placeName(place)) : "";
  const label = say("conversation", { place: name, name: persona().name });
  $("conversation").setAttribute("aria-label", label);
  $("pane").hidden = Boolean(state.frame);
  $("frame").hidden = !state.frame;
  if (!state.frame) {
    dropFrame();
    $("opening").hidden = true;
    if (place?.kind === "forum") showForum(place);
    else if (place?.kind === "events") showEvents();
  } else if (state.frame !== shownFrame || !before) {
    shownFrame = state.frame;
    // A new frame rather than a new address: the browser's Back button keeps its meaning.
    $("frame").replaceChildren(
      element("iframe", {
        src: state.frame,
        title: label,
        sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
      }),
    );
    $("opening").textContent = say("opening", { place: name });
    $("opening").hidden = false;
  } else $("frame").firstElementChild.title = label;
}

function dropFrame() {
  shownFrame = null;
  waiting = null;
  $("frame").replaceChildren();
}

function showForum(forum) {
  const list = state.posts.map((post) =>
    element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "post",
          "data-key": post.id,
          onclick: () => ask("open", { person: state.person, place: post.id }),
        },
        element("strong", {}, post.title),
        unreadMark(post.unread),
        post.tags.length
          ? element("span", { class: "tags" }, ...post.tags.map((tag) => element("span", {}, tag)))
          : null,
        element(
          "small",
          {},
          [
            say("post_by", { name: post.author }),
            say("messages", { count: number(post.messages) }),
            post.last && moment(post.last, { dateStyle: "medium" }),
          ].filter(Boolean).join(" · "),
        ),
      ),
    ),
  );
  refill($("pane"), [
    element("h2", {}, icon("forum"), forum.name),
    list.length
      ? element("ul", { class: "cards", "aria-label": say("posts") }, ...list)
      : element("p", { class: "muted" }, say("no_posts")),
  ]);
}

function showEvents() {
  const list = state.events.map((event) => {
    const open = event.state === "scheduled" || event.state === "active";
    return element(
      "li",
      { class: "event" },
      element("p", { class: `state ${event.state}` }, say(`event_${event.state}`)),
      element("h3", {}, event.name),
      element(
        "dl",
        {},
        element("dt", {}, say("event_when")),
        element("dd", {}, element("time", { datetime: event.starts }, eventTime(event))),
        event.where && element("dt", {}, say("event_where")),
        event.where && element("dd", {}, event.where),
      ),
      event.description && element("p", { class: "description" }, event.description),
      element(
        "p",
        { class: "interest" },
        element("span", {}, say("event_interested", { count: number(event.interested) })),
        open &&
          element(
            "button",
            {
              type: "button",
              "data-key": `interest-${event.id}`,
              "aria-pressed": String(event.mine),
              onclick: () => ask("interest", { event: event.id, interested: !event.mine }),
            },
            say(event.mine ? "no_interest" : "interest"),
          ),
      ),
    );
  });
  refill($("pane"), [
    element("h2", {}, icon("events"), say("events")),
    list.length ? element("ul", { class: "cards" }, ...list) : element("p", { class: "muted" }, say("no_events")),
  ]);
}

function eventTime(event) {
  const format = new Intl.DateTimeFormat(persona().locale, {
    timeZone: persona().zone,
    dateStyle: "full",
    timeStyle: "short",
  });
  return event.ends ? format.formatRange(new Date(event.starts), new Date(event.ends)) : format.format(new Date(event.starts));
}

// ---------------------------------------------------------------------------------------------------------- the line

function showLog(content, kind = "") {
  const log = $("log");
  log.parentElement.className = `strip ${kind}`;
  log.replaceChildren(...(Array.isArray(content) ? content : [content]));
}

function showLast() {
  const { kind, name, news, fault } = state.last;
  const line = [];
  if (kind) line.push(element("span", {}, say(kind, { name }, "log")));
  const moved = ["hour", "day", "week"].includes(kind);
  if (news.length) {
    line.push(element("span", {}, say("news", {}, "log")));
    line.push(
      ...news.map((item) =>
        element(
          "button",
          { type: "button", class: "link", onclick: () => ask("open", { person: state.person, place: item.id }) },
          `${item.name ? `#${item.name}` : say("direct")} (${number(item.count)})`,
        ),
      ),
    );
  } else if (moved) line.push(element("span", {}, say("quiet", {}, "log")));
  if (fault) line.push(element("strong", {}, say("fault", {}, "log")));
  showLog(line, fault ? "trouble" : "");
}

function showBusy() {
  document.body.classList.toggle("busy", busy > 0);
  $("conversation").toggleAttribute("inert", busy > 0);
  for (const button of $("controls").querySelectorAll("button")) button.disabled = busy > 0;
  holdWalk(busy > 0);
  if (!state) return;
  const left = state.newcomers > 0;
  $("newcomer").disabled = busy > 0 || !left;
  $("newcomer").title = left ? "" : say("nobody_left");
}

// ---------------------------------------------------------------------------------------------------------- the menu

function openMenu(open) {
  document.body.classList.toggle("menu-open", open);
  $("menu").setAttribute("aria-expanded", String(open));
  $("scrim").hidden = !open;
  placeSides();
  if (open) ($("people-list").querySelector("[aria-current]") ?? $("menu")).focus();
}

function closeMenu() {
  if (!document.body.classList.contains("menu-open")) return;
  openMenu(false);
  $("menu").focus();
}

/** On a narrow screen the closed menu must not be reached with the keyboard either. */
function placeSides() {
  const open = document.body.classList.contains("menu-open");
  $("sides").toggleAttribute("inert", narrow.matches && !open);
  $("conversation").classList.toggle("behind", narrow.matches && open);
}

$("menu").addEventListener("click", () => openMenu(!document.body.classList.contains("menu-open")));
$("scrim").addEventListener("click", closeMenu);
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu());
narrow.addEventListener("change", () => {
  openMenu(false);
  showClock();
});

// -------------------------------------------------------------------------------------------------------------- start

for (const button of document.querySelectorAll("[data-span]")) {
  button.addEventListener("click", () => {
    showLog(say("busy"));
    ask("time", { span: button.dataset.span });
  });
}
$("newcomer").addEventListener("click", () => ask("newcomer"));
$("restart").addEventListener("click", () => {
  showLog(say("busy"));
  ask("restart");
});
window.addEventListener("message", (event) => {
  if (!shownFrame?.startsWith(event.origin)) return;
  if (event.data === "ready") {
    $("opening").hidden = true;
    if (waiting) tellFrame(waiting);
    waiting = null;
  }
  if (event.data === "lost") reopen().catch(() => {});
});
placeSides();
await update().catch((error) => {
  showLog(texts.en.page.failed.replace("{reason}", error.message), "trouble");
  throw error;
});
listen();
