// The conversation as it is seen and heard: questions, the working card, answers, failures.
import { parse } from "../shared/safe-html.js";
import { visible } from "../shared/visible.js";
import { word } from "../shared/words.js";

const opening = document.getElementById("opening");
const conversation = document.getElementById("conversation");
const scroller = document.getElementById("scroll");
const announcer = document.getElementById("announcer");
const GAP = 16;
let count = 0;

const announce = (text) => {
  const line = document.createElement("p");
  line.textContent = text;
  announcer.append(line);
};

const pattern = (name) => document.getElementById(`pattern-${name}`).content.cloneNode(true).firstElementChild;

/** Links lead out of the frame: no other page may be shown in one. */
const take = (html, prefix) => {
  const fragment = parse(html, prefix);
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  return fragment;
};

const countDown = (button, seconds) => {
  if (!button.isConnected) return;
  button.disabled = seconds > 0;
  button.querySelector("span").textContent = seconds > 0 ? word("again_in", { count: seconds }) : word("again");
  if (seconds > 0) setTimeout(countDown, 1000, button, seconds - 1);
};

class Exchange {
  constructor(question) {
    count += 1;
    this.question = question;
    this.prefix = `e${count}-`;
    this.node = document.createElement("section");
    this.node.className = "exchange";
    this.heading = document.createElement("h2");
    this.heading.className = "question";
    this.heading.tabIndex = -1;
    this.heading.textContent = visible(question);
    this.working = pattern("working");
    this.node.append(this.heading, this.working);
  }

  bringUp() {
    // scrollIntoView would scroll a host of our own origin too.
    scroller.scrollTop += this.heading.getBoundingClientRect().top - scroller.getBoundingClientRect().top - GAP;
    this.leftAt = scroller.scrollTop;
  }

  /** While an answer grows there is more to scroll; who has scrolled meanwhile is left alone. */
  keepInSight() {
    if (scroller.scrollTop === this.leftAt) this.bringUp();
  }

  show(content) {
    while (this.node.lastChild !== this.heading) this.node.lastChild.remove();
    this.node.append(content);
    this.keepInSight();
  }

  /** Stands until the sentences of a model come, or whatever comes instead. */
  showFirstLine({ html, text }) {
    this.showPart({ html, text });
    this.firstLine = text;
  }

  /** A sentence is announced as a whole, never word by word. */
  showPart({ html, text }) {
    const arriving = this.working.querySelector("[data-arriving]");
    if (this.firstLine) arriving.textContent = "";
    arriving.append(take(html, this.prefix));
    this.keepInSight();
    if (text !== this.firstLine) announce(text);
    this.firstLine = "";
  }

  showAnswer(html) {
    this.show(take(html, this.prefix));
    const card = this.node.querySelector(".answer");
    if (card) announce(card.getAttribute("aria-label"));
  }

  showFailure(failure, title, again) {
    const card = pattern("problem");
    card.setAttribute("aria-label", title);
    card.querySelector("[data-title]").textContent = title;
    card.querySelector("[data-detail]").textContent = failure.message;
    const number = card.querySelector("[data-number]");
    number.textContent = failure.number ? word("error_number", { number: failure.number }) : "";
    number.hidden = !failure.number;
    this.show(card);
    const button = card.querySelector("[data-again]");
    button.addEventListener("click", again);
    countDown(button, Math.ceil(failure.retryAfter));
    announce(`${title} ${failure.message}`);
  }
}

export const begin = (question) => {
  opening.hidden = true;
  announcer.textContent = "";
  announce(word("working"));
  const exchange = new Exchange(question);
  conversation.append(exchange.node);
  exchange.bringUp();
  return exchange;
};

/** What was asked and answered before the script ran. */
export const turnsOnPage = () => {
  const turns = [];
  for (const node of conversation.querySelectorAll("[data-said]")) {
    if (!node.dataset.said) continue;
    turns.push({ role: "user", content: node.querySelector(".question").textContent });
    turns.push({ role: "assistant", content: node.dataset.said });
  }
  return turns;
};

export const focusLatest = () => {
  const headings = conversation.querySelectorAll(".question");
  if (headings.length) headings[headings.length - 1].focus({ preventScroll: true });
};

export const focusStart = () => scroller.querySelector("h1").focus();

export const clear = () => {
  conversation.textContent = "";
  announcer.textContent = "";
  opening.hidden = false;
  scroller.scrollTop = 0;
};
