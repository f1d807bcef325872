// The reader's comforts: contents open on a desk, the cited place named and marked in the contents, copying, reading aloud,
// printing.
import { copyText } from "./shared/clipboard.js";
import * as voice from "./shared/voice.js";
import { word } from "./shared/words.js";

const article = document.querySelector("article");
const box = document.querySelector(".arrival");
const side = document.querySelector(".reader__side");
const contents = document.querySelector("[data-contents]");
const said = document.querySelector("[data-said]");
const beside = matchMedia("(min-width: 64rem)");

const say = (words) => {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
};
const fitContents = () => { contents.open = beside.matches; };

const target = () => {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* no address of ours */ }
  const found = id ? document.getElementById(id) : null;
  return found && article.contains(found) ? found : null;
};
const measureOf = (place) => place.closest(".measure");
const heading = (measure) => measure.querySelector(".measure__title").textContent.replace(/[。\s]+$/, "");

const isDuty = (place) => /\.responsibility(-\d+)?$/.test(place.id);
const label = (place) => {
  if (place.dataset.name) return place.dataset.name;
  const measure = measureOf(place);
  if (!measure) return `“${place.textContent.trim().slice(0, 24)}”`;
  return isDuty(place) ? word("duty_of", { measure: measure.dataset.label }) : heading(measure);
};

const showArrival = () => {
  const place = target();
  box.hidden = !place;
  const measure = place && measureOf(place);
  const around = measure ?? place?.closest(".annex")?.querySelector("h2") ?? place;
  const current = around ? `#${around.id}` : "";
  document.querySelectorAll(".toc a").forEach((link) => {
    if (current && link.hash === current) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  });
  const entry = document.querySelector(".toc [aria-current]");
  if (entry && beside.matches) side.scrollTop = entry.offsetTop - side.clientHeight / 2;
  if (place) box.querySelector("[data-arrival]").textContent = word("reading", { place: label(place) });
};

/** In the official form, which is Chinese. */
const citeTarget = () => {
  const place = target();
  const holder = measureOf(place)?.querySelector("[data-copy]") ?? article;
  const part = place.dataset.part ?? (isDuty(place) ? "责任分工" : "");
  const words = part && !place.matches("h2") ? `${part}：“${place.textContent.trim()}”` : part;
  return `${holder.dataset.copy}${words}\n${location.origin}${location.pathname}#${place.id}`;
};

const copy = async (button) => {
  const { copy: cited, address } = button.dataset;
  const isDone = await copyText(cited ? `${cited}\n${location.origin}${address}` : citeTarget());
  say(word(isDone ? "citation_copied" : "copy_failed"));
  if (!isDone) return;
  button.dataset.done = word("copied");
  setTimeout(() => { delete button.dataset.done; }, 2000);
};

const speak = (button) => {
  if (button.dataset.speaking !== undefined) {
    voice.hush();
    return;
  }
  const name = button.getAttribute("aria-label");
  const texts = [...measureOf(button).querySelectorAll(".measure__title, p, tr:not([hidden])")]
    .flatMap((node) => node.textContent.match(/[^。；]+[。；]*/g) ?? []);
  const isHeard = voice.speak(texts, article.lang, () => {
    delete button.dataset.speaking;
    button.dataset.label = word("speak");
    button.setAttribute("aria-label", name);
  });
  if (!isHeard) {
    say(word("no_voice"));
    return;
  }
  button.dataset.speaking = "";
  button.dataset.label = word("quiet");
  button.setAttribute("aria-label", word("quiet"));
};

/** From an answer, back to that answer as it stood. */
const goBack = (event) => {
  const from = document.referrer ? new URL(document.referrer) : null;
  if (from?.origin !== location.origin || from.pathname !== "/" || history.length < 2) return;
  event.preventDefault();
  history.back();
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.(".tool");
  if (!pressed) return;
  if ("print" in pressed.dataset) print();
  else if ("back" in pressed.dataset) goBack(event);
  else if ("speak" in pressed.dataset) speak(pressed);
  else if ("copy" in pressed.dataset || "copyTarget" in pressed.dataset) copy(pressed);
});

fitContents();
beside.addEventListener("change", fitContents);
addEventListener("hashchange", showArrival);
showArrival();
