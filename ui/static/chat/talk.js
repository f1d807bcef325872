// The conversation as it is seen and heard: questions, working cards, answers, failures.
import { parse } from "./safe-html.js";
import { equip } from "./tools.js";
import { visible } from "./visible.js";
import { word } from "../shared/words.js";

const opening = document.getElementById("opening");
const conversation = document.getElementById("conversation");
const scroller = document.getElementById("scroll");
const announcer = document.getElementById("announcer");
let count = 0;

const announce = (text) => {
  const line = document.createElement("p");
  line.textContent = text;
  announcer.append(line);
};

const pattern = (name) => document.getElementById(`pattern-${name}`).content.cloneNode(true).firstElementChild;

/** One question with whatever stands below it. */
export class Exchange {
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
    this.node.append(this.heading);
    opening.hidden = true;
    conversation.hidden = false;
    conversation.append(this.node);
  }

  #show(...nodes) {
    this.node.replaceChildren(this.heading, ...nodes);
  }

  showWorking() {
    announcer.replaceChildren();
    announce(word("working"));
    this.working = pattern("working");
    this.#show(this.working);
    this.showStep(this.working.querySelector("[data-step]").dataset);
    this.#bringUp();
  }

  #bringUp() {
    this.heading.scrollIntoView({ block: "start" });
    this.leftAt = scroller.scrollTop;
  }

  /** While an answer grows there is more to scroll; who has scrolled meanwhile is left alone. */
  keepInSight() {
    if (scroller.scrollTop === this.leftAt) this.#bringUp();
  }

  showStep({ step }) {
    let isDone = true;
    for (const line of this.working.querySelectorAll("[data-step]")) {
      const isNow = line.dataset.step === step;
      if (isNow) isDone = line.hidden = false;
      line.classList.toggle("done", isDone);
      if (isNow) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
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
    arriving.append(parse(html, this.prefix));
    this.keepInSight();
    if (text !== this.firstLine) announce(text);
    this.firstLine = "";
  }

  showAnswer(html) {
    this.#show(parse(html, this.prefix));
    const article = this.node.querySelector(".answer");
    if (!article) return null;
    equip(article, this.prefix);
    return article;
  }

  showFailure(failure, { again, edit }, title = word("failed")) {
    const card = pattern("problem");
    card.setAttribute("aria-label", title);
    card.querySelector("[data-title]").textContent = title;
    card.querySelector("[data-detail]").textContent = failure.message;
    const number = card.querySelector("[data-number]");
    number.textContent = failure.number ? word("error_number", { number: failure.number }) : "";
    number.hidden = !failure.number;
    card.querySelector("[data-edit]").addEventListener("click", () => edit(this));
    this.#show(card);
    this.#countDown(card.querySelector("[data-again]"), failure.retryAfter ?? 0, () => again(this));
    announce(`${title} ${failure.message}`);
  }

  #countDown(button, seconds, again) {
    const label = button.querySelector("span");
    const tick = (left) => {
      if (!button.isConnected) return;
      button.disabled = left > 0;
      label.textContent = left > 0 ? word("again_in", { count: left }) : word("again");
      if (left > 0) setTimeout(tick, 1000, left - 1);
    };
    tick(Math.ceil(seconds));
    button.addEventListener("click", again);
  }

  remove() {
    this.node.remove();
  }
}

export const announceStatus = (article) => announce(article.getAttribute("aria-label"));
export const clear = () => {
  conversation.querySelectorAll(".exchange").forEach((node) => node.remove());
  announcer.replaceChildren();
  conversation.hidden = true;
  opening.hidden = false;
};
