// The page in the frame: asks without a reload, keeps the conversation in memory only, and listens to the host's panel.
import { askService, Failure } from "./ask.js";
import * as cards from "./cards.js";
import * as host from "./host.js";
import * as talk from "./talk.js";
import { visible } from "../shared/visible.js";
import "../shared/tables.js";
import { longest, word } from "../shared/words.js";

const MOST_SENT = 20;
const LONGEST_SENT = 4000;
const form = document.getElementById("ask");
const field = document.getElementById("question");
const sendButton = document.getElementById("send");
const stopButton = document.getElementById("stop");
let turns = talk.turnsOnPage();
let running = null; // AbortController of the question being answered

const showCount = () => {
  document.getElementById("counter").textContent = word("counter", { count: Array.from(field.value).length, most: longest });
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
};

const write = (text) => {
  field.value = text;
  showCount();
};

const showBusy = (isBusy) => {
  const hadFocus = document.activeElement === sendButton || document.activeElement === stopButton;
  sendButton.hidden = isBusy;
  stopButton.hidden = !isBusy;
  if (hadFocus) (isBusy ? stopButton : sendButton).focus();
};

const fail = (exchange, error) => {
  const isStopped = error.name === "AbortError";
  const failure = isStopped ? new Failure(word("stopped_note")) : error instanceof Failure ? error : new Failure(word("unexpected"));
  exchange.showFailure(failure, word(isStopped ? "stopped" : "failed"), () => {
    exchange.node.remove();
    ask(exchange.question);
  });
  if (failure.isOurs) write(exchange.question);
};

/** Alone: without what was asked before. */
const ask = async (asked, isAlone = false) => {
  const question = Array.from(visible(asked).trim()).slice(0, longest).join("");
  if (!question || running) return;
  const mine = new AbortController();
  running = mine;
  showBusy(true);
  const exchange = talk.begin(question);
  try {
    const answer = await askService(question, isAlone ? [] : turns.slice(-MOST_SENT), mine.signal, {
      first_line: (line) => exchange.showFirstLine(line),
      part: (part) => exchange.showPart(part),
    });
    if (running !== mine) return;
    exchange.showAnswer(answer.html);
    turns.push({ role: "user", content: question }, { role: "assistant", content: answer.text.slice(0, LONGEST_SENT) });
  } catch (error) {
    if (running === mine) fail(exchange, error);
  } finally {
    if (running === mine) {
      running = null;
      showBusy(false);
    }
  }
};

const isTouched = () => matchMedia("(pointer: coarse)").matches;

const send = () => {
  if (running) return;
  if (!field.value.trim()) {
    field.focus();
    return;
  }
  const question = field.value;
  write("");
  // On a phone the keyboard would cover the answer.
  if (isTouched()) field.blur();
  ask(question);
};

const clear = () => {
  // A conversation that was cleared stays cleared, whatever still arrives.
  if (running) running.abort();
  running = null;
  showBusy(false);
  turns = [];
  talk.clear();
  field.focus();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
field.addEventListener("input", showCount);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  // The Enter that ends a composition belongs to the input method; some browsers tell by 229 only.
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
});
stopButton.addEventListener("click", () => { if (running) running.abort(); });
document.getElementById("clear").addEventListener("click", clear);
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-ask], [data-ask-alone], button[name=question]");
  if (!pressed) return;
  event.preventDefault();
  if (running) return;
  const alone = pressed.dataset.askAlone;
  ask(alone || pressed.dataset.ask || pressed.value, Boolean(alone));
  // What was pressed may be gone or far above; the next Tab leads into the answer.
  talk.focusLatest();
});

cards.start();
host.start(() => (isTouched() ? talk.focusStart() : field.focus()));
document.documentElement.setAttribute("data-script", "");
showCount();
