// gradio's question box: how a script writes into it, and what it lacks.
import { longest, word } from "../shared/words.js";

const LOOKS_PERSONAL = /(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{17}[\dXx])(?!\d)/;
const find = (selector) => document.querySelector(selector);
const field = () => find("#question textarea");

export const focus = () => field()?.focus();
export const write = (text) => {
  field().value = text;
  // gradio keeps its own copy and learns of a change by this event only.
  field().dispatchEvent(new Event("input", { bubbles: true }));
};

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
/** Asks through gradio's own button, once it has taken over what was written and is done with the last question.
    Alone it is asked of the notice that the address names, and without what was said before. */
export const ask = async (question, { isAlone = false } = {}) => {
  if (find(".answer[data-status=working]")) return;
  write(question.slice(0, longest));
  const asked = field().value;
  // What opens the page puts the picker where the talk stood; that may fail.
  for (let looks = 0; isAlone && looks < 200 && !find("#send.ready"); looks += 1) await pause(25);
  for (let looks = 0; asked.trim() && looks < 200; looks += 1) {
    await pause(looks && 25);
    if (field().value !== asked) return; // it was taken
    if (looks % 10 === 0) find(isAlone ? "#alone" : "#send").click();
  }
};

export const warn = (words) => {
  find("#hint").textContent = words || word("privacy");
  find("#hint").classList.toggle("warning", Boolean(words));
};

export const showCount = () => {
  find("#counter").textContent = word("counter", { count: [...field().value].length, most: longest });
};

/** The page has its main part already; a second one inside it misleads who navigates by landmarks. */
const unwrap = (main) => {
  const plain = document.createElement("div");
  plain.className = main.className;
  plain.append(...main.childNodes);
  main.replaceWith(plain);
};

/** gradio looks for notices by what was written before the key, whatever the key is, and knows no input methods. */
const mendPicker = (event) => {
  if (!event.isTrusted || !event.target.closest("#notice")) return;
  if (event.type === "input") event.target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true })); // now it looks
  else if (event.isComposing || event.keyCode === 229 || !/^(ArrowUp|ArrowDown|Home|End|Enter|Escape)$/.test(event.key)) event.stopPropagation();
};

const mend = () => {
  unwrap(find("gradio-app main"));
  field().setAttribute("aria-describedby", "hint counter");
  field().setAttribute("autocomplete", "off");
  field().setAttribute("enterkeyhint", "send");
  // Before gradio sees the key: the Enter that ends a composition belongs to the input method; some browsers tell by 229 only.
  addEventListener("keydown", (event) => {
    mendPicker(event);
    if (event.target !== field() || event.key !== "Enter" || event.shiftKey) return;
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    ask(field().value);
  }, true);
  find("#composer").addEventListener("input", (event) => {
    mendPicker(event);
    showCount();
    warn(LOOKS_PERSONAL.test(field().value) ? word("looks_personal") : "");
  });
  // On a phone the keyboard would cover the answer.
  find("#send").addEventListener("click", () => { if (matchMedia("(pointer: coarse)").matches) field().blur(); });
};

const DRAFT = "policy.draft";
/** gradio loads the page anew once a lost connection is back; what was typed stays. */
const keepDraft = () => {
  if (!field().value) write(sessionStorage.getItem(DRAFT) ?? "");
  addEventListener("pagehide", () => sessionStorage.setItem(DRAFT, field().value));
};

/** `whenReady` is called once gradio has drawn its parts. */
export const start = (whenReady) => {
  const look = () => {
    if (![field(), ...["#talk", "#send", "#counter", "#clear"].map(find)].every(Boolean)) return false;
    mend();
    keepDraft();
    whenReady();
    return true;
  };
  if (look()) return;
  new MutationObserver((_, observer) => { if (look()) observer.disconnect(); })
    .observe(find("gradio-app"), { childList: true, subtree: true });
};
