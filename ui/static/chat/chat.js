// The chat page: what gradio's talk lacks. Questions go through gradio's own box, buttons and events.
import * as box from "./question-box.js";
import * as cards from "./cards.js";
import * as source from "./source.js";
import * as tools from "./tools.js";
import { copyText } from "../shared/clipboard.js";
import "../shared/tables.js";
import * as voice from "../shared/voice.js";
import { language, word } from "../shared/words.js";

const scroller = document.getElementById("scroll");
const announcer = document.getElementById("announcer");
const talk = () => document.getElementById("talk");
const pressedNow = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);

const say = (words) => {
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = words; });
};
const announce = (words) => {
  const line = document.createElement("p");
  line.textContent = words;
  announcer.append(line);
};
let announced = new Set();
/** Sentences that arrive, each as a whole and once. */
const announceNew = (sentences) => {
  for (const words of [...sentences].map(tools.wordsOf)) {
    if (!announced.has(words)) announce(words);
    announced.add(words);
  }
};

/** gradio reads every message aloud as its source, styles it as an article of its own, and says so in English. */
const mend = () => {
  const log = talk().querySelector("[role=log]");
  if (log) {
    log.setAttribute("aria-label", word("conversation"));
    log.setAttribute("aria-live", "off"); // a card is announced by its status, not as a whole
  }
  // They are pressed by the tools of an answer, which have words.
  for (const button of talk().querySelectorAll(".message-buttons button")) ["title", "aria-label"].forEach((name) => button.removeAttribute(name));
  for (const message of talk().querySelectorAll("[data-testid=user], [data-testid=bot]")) {
    message.removeAttribute("aria-label");
    const own = message.querySelector(".message-content > .prose");
    if (own) own.className = "";
  }
};

const namedNotice = () => new URL(location.href).searchParams.get("notice");
/** For what is asked alone, and for the next reload. */
const nameNotice = (of) => {
  const address = new URL(location.href);
  if (of) address.searchParams.set("notice", of);
  else address.searchParams.delete("notice");
  history.replaceState(null, "", address);
};

let answered = 0; // how many answers stand there
let asked = 0; // and questions

const showFirstCitation = (article) => {
  const cited = article.querySelector(".direct .cite, .quote__open, .cite, .items__row");
  if (cited) source.follow(cited.dataset);
  else source.reset();
};

/** The newest question stands at the top; who has scrolled meanwhile is left alone. */
let leftAt = 0;
const bringUp = () => {
  const questions = talk().querySelectorAll(".question");
  questions[questions.length - 1]?.scrollIntoView({ block: "start" });
  leftAt = scroller.scrollTop;
};

const hear = () => {
  const log = talk();
  if (!log) return;
  mend();
  watch();
  box.showCount();
  const questions = log.querySelectorAll(".question").length;
  document.documentElement.toggleAttribute("data-talking", questions > 0);
  document.getElementById("opening").hidden = questions > 0;
  document.getElementById("heading").hidden = questions === 0;
  if (questions > asked) {
    cards.close();
    bringUp();
    // What was pressed is gone: the next Tab leads into the answer.
    if (document.activeElement === document.body) [...log.querySelectorAll(".question")].at(-1).focus({ preventScroll: true });
    announcer.replaceChildren();
    announced = new Set();
    announce(word("working"));
    const { of } = [...log.querySelectorAll(".question")].at(-1).dataset;
    if (namedNotice() && namedNotice() !== of && log.querySelector(".answer[data-status=working]")) nameNotice("");
  }
  announceNew(log.querySelectorAll("[data-arriving] > *"));
  const done = log.querySelectorAll(".answer:not([data-status=working])");
  if (done.length !== answered) {
    const last = done[done.length - 1];
    if (scroller.scrollTop === leftAt) bringUp();
    if (last && done.length > answered) {
      if (questions) announceNew(last.querySelectorAll(".ai-label, .direct:not(dd), .support, .written > .own"));
      announce(last.getAttribute("aria-label"));
      showFirstCitation(last);
    }
    if (!last) source.reset();
  }
  answered = done.length;
  asked = questions;
};

/** What gradio says is English and covers the page: it is taken out, and this said instead. */
const complain = (detail) => {
  const words = language === "zh" && detail ? detail : word("offline");
  const working = talk().querySelector(".answer[data-status=working]");
  if (working) working.dataset.held = "";
  else box.warn(words);
  announce(words);
};
const BETWEEN_LOOKS = 5000;
const UNTIL_HELD = 35000;
let look = 0;
/** While nothing comes, now and then whether anybody is there at all. */
const watch = (waited = 0) => {
  clearTimeout(look);
  if (!talk().querySelector(".answer[data-status=working]:not([data-held])")) return;
  look = setTimeout(async () => {
    const isThere = await fetch("/healthz", { signal: AbortSignal.timeout(BETWEEN_LOOKS) }).then((found) => found.ok, () => false);
    if (isThere && waited < UNTIL_HELD) watch(waited + BETWEEN_LOOKS);
    else complain();
  }, BETWEEN_LOOKS);
};

const draft = (link) => {
  link.closest("dialog")?.close();
  box.write(new URL(link.href).searchParams.get("ask") ?? "");
  box.focus();
};

const copyCitation = async (button) => {
  const isDone = await copyText(`${button.dataset.copyText}\n${location.origin}${button.dataset.address}`);
  say(word(isDone ? "copied" : "copy_failed"));
  button.classList.toggle("is-done", isDone);
  setTimeout(() => button.classList.remove("is-done"), 2000);
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[data-ask], [data-ask-alone], [data-draft], [data-notice], [data-close-panel], [data-copy-text], .skip");
  if (!pressed || pressed.matches(".cite") || !pressedNow(event)) return;
  event.preventDefault();
  const { ask, askAlone } = pressed.dataset;
  if (ask ?? askAlone) {
    pressed.closest("dialog")?.close();
    if (askAlone) nameNotice(tools.questionOf(pressed).dataset.of);
    box.ask(ask ?? askAlone, { isAlone: Boolean(askAlone) });
  }
  else if ("draft" in pressed.dataset) draft(pressed);
  else if ("notice" in pressed.dataset) source.open(pressed.dataset, { by: pressed, takesFocus: true });
  else if ("closePanel" in pressed.dataset) source.close();
  else if ("copyText" in pressed.dataset) copyCitation(pressed);
  else box.focus();
});

/** A shared question is asked by itself, a prepared one is put into the box; neither again after a reload. */
const readAddress = () => {
  const address = new URL(location.href);
  const shared = new URLSearchParams(address.hash.slice(1)).get("q");
  const prepared = address.searchParams.get("ask");
  if (shared === null && prepared === null) return;
  if (shared !== null) address.hash = "";
  address.searchParams.delete("ask");
  history.replaceState(null, "", address);
  if (prepared) box.write(prepared);
  if (shared) box.ask(shared, { isAlone: true });
};

box.start(() => {
  new MutationObserver(hear).observe(talk(), { childList: true, subtree: true, characterData: true });
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((toast) => toast.replaceChildren())))
    .observe(document.querySelector(".toast-wrap"), { childList: true });
  hear();
  cards.start(talk());
  tools.start(talk());
  readAddress();
  document.documentElement.dataset.ready = "";
});
source.start();
document.documentElement.style.setProperty("--origin", JSON.stringify(location.origin)); // before printed addresses
addEventListener("hashchange", readAddress);
addEventListener("unsent", ({ detail }) => complain(detail));
addEventListener("click", (event) => { if (event.target.closest?.("#clear")) voice.hush(); });
