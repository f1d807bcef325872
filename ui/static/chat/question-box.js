// The question box: gradio's, and until gradio has started a plain one that stands in for it.
import { longest, word } from "../shared/words.js";

const composer = document.getElementById("composer");
const standIn = document.getElementById("stand-in");
const early = standIn.querySelector("textarea");
const counter = document.getElementById("counter");
let isComposing = false;

const drawn = () => document.querySelector("#question textarea");
const field = () => (standIn.isConnected ? early : drawn());

const showCount = () => {
  counter.textContent = word("counter", { count: [...field().value].length, most: longest });
};
const fit = () => {
  if (!standIn.isConnected) return;
  early.style.height = "auto";
  early.style.height = `${early.scrollHeight}px`;
};

export const read = () => field().value;
export const focus = () => field().focus();
export const hasFocus = () => document.activeElement === field();
export const write = (text) => {
  const box = field();
  box.value = text;
  // gradio keeps its own copy and learns of a change by this event only.
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
export const showBusy = (isBusy) => composer.toggleAttribute("data-busy", isBusy);

/** The page has its main part already; a second one inside it misleads who navigates by landmarks. */
const unwrap = (main) => {
  if (!main) return;
  const plain = document.createElement("div");
  plain.className = main.className;
  plain.append(...main.childNodes);
  main.replaceWith(plain);
};

/** gradio's box takes over as soon as that disturbs nobody: neither an input method nor a keyboard on the screen. */
const takeOver = () => {
  const box = drawn();
  const isTyping = document.activeElement === early;
  if (!box || !standIn.isConnected || isComposing || (isTyping && matchMedia("(pointer: coarse)").matches)) return;
  const { value, selectionStart, selectionEnd } = early;
  box.setAttribute("aria-describedby", "hint counter");
  box.setAttribute("autocomplete", "off");
  box.setAttribute("enterkeyhint", "send");
  unwrap(box.closest("gradio-app main"));
  standIn.remove();
  if (value) write(value);
  if (!isTyping) return;
  box.focus();
  box.setSelectionRange(selectionStart, selectionEnd);
};

export const start = ({ send, stop }) => {
  early.setAttribute("aria-describedby", "hint counter");
  document.addEventListener("compositionstart", () => { isComposing = true; }, true);
  document.addEventListener("compositionend", () => {
    isComposing = false;
    setTimeout(takeOver);
  }, true);
  // Before gradio sees the key.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== field() || event.shiftKey) return;
    // The Enter that ends a composition belongs to the input method; some browsers tell by 229 only.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  }, true);
  composer.addEventListener("submit", (event) => event.preventDefault());
  composer.addEventListener("click", (event) => {
    if (event.target.closest(".send")) send();
    if (event.target.closest(".stop")) stop();
  });
  composer.addEventListener("input", () => { showCount(); fit(); });
  early.addEventListener("blur", () => setTimeout(takeOver));
  new MutationObserver((_, observer) => {
    if (!drawn()) return;
    observer.disconnect();
    takeOver();
  }).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
  takeOver();
};
