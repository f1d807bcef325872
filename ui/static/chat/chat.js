// The chat page: asks, keeps the conversation, and joins the parts of the page.
import * as box from "./question-box.js";
import * as cards from "./cards.js";
import * as source from "./source.js";
import * as store from "./store.js";
import { Failure, askService } from "./stream.js";
import * as talk from "./talk.js";
import * as tools from "./tools.js";
import { visible } from "./visible.js";
import { copyText } from "../shared/clipboard.js";
import * as voice from "../shared/voice.js";
import { longest, word } from "../shared/words.js";

const conversation = document.getElementById("conversation");
const scroller = document.getElementById("scroll");
const announcer = document.getElementById("announcer");
let running = null; // AbortController of the question being answered

const again = (exchange) => {
  exchange.remove();
  ask(exchange.question);
};
const edit = (exchange) => {
  exchange.remove();
  box.write(exchange.question);
  box.focus();
  if (!conversation.querySelector(".exchange")) talk.clear();
};

const showFirstCitation = (article) => {
  const cited = article.querySelector(".direct .cite, .quote__open, .cite");
  if (cited) source.follow(cited.dataset);
  else source.reset();
};

const fail = (exchange, error) => {
  if (error.name === "AbortError") {
    exchange.showFailure(new Failure(word("stopped_note")), { again, edit }, word("stopped"));
    return;
  }
  const failure = error instanceof Failure ? error : new Failure(word("unexpected"));
  exchange.showFailure(failure, { again, edit });
  if (failure.isOurs) box.write(exchange.question);
  if (!(error instanceof Failure)) throw error;
};

const ask = async (asked) => {
  const question = [...visible(asked).trim()].slice(0, longest).join("");
  if (!question || running) return;
  running = new AbortController();
  cards.close();
  box.showBusy(true);
  store.keepOpenQuestion(question);
  const exchange = new talk.Exchange(question);
  exchange.showWorking();
  try {
    const answer = await askService(question, store.history(), running.signal, {
      step: (step) => exchange.showStep(step),
      first_line: (line) => exchange.showFirstLine(line),
      part: (part) => exchange.showPart(part),
    });
    const article = exchange.showAnswer(answer.html);
    exchange.keepInSight();
    talk.announceStatus(article);
    store.keepExchange({ question, text: answer.text, html: answer.html });
    showFirstCitation(article);
  } catch (error) {
    // A conversation that was cleared meanwhile stays cleared.
    if (exchange.node.isConnected) fail(exchange, error);
  } finally {
    running = null;
    box.showBusy(false);
  }
  return exchange;
};

const send = () => {
  const question = box.read();
  if (running) return;
  if (!question.trim()) {
    box.focus();
    return;
  }
  box.write("");
  // On a phone the keyboard would cover the answer.
  if (matchMedia("(pointer: coarse)").matches) document.activeElement?.blur();
  ask(question);
};

const askFrom = (node) => {
  if (running) return;
  node.closest("dialog")?.close();
  ask(node.dataset.ask);
  // What was pressed may be gone or far above; the next Tab leads into the answer.
  conversation.lastElementChild.querySelector(".question")?.focus({ preventScroll: true });
};

const draft = (link) => {
  link.closest("dialog")?.close();
  box.write(new URL(link.href).searchParams.get("ask") ?? "");
  box.focus();
};

const say = (words) => {
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = words; });
};

const copyCitation = async (button) => {
  const isDone = await copyText(`${button.dataset.copyText}\n${location.origin}${button.dataset.address}`);
  say(word(isDone ? "copied" : "copy_failed"));
  button.classList.toggle("is-done", isDone);
  setTimeout(() => button.classList.remove("is-done"), 2000);
};

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[data-ask], [data-draft], [data-notice], [data-close-panel], [data-copy-text], #clear, .skip");
  if (!pressed || pressed.matches(".cite") || !isPlain(event)) return;
  event.preventDefault();
  if ("ask" in pressed.dataset) askFrom(pressed);
  else if ("draft" in pressed.dataset) draft(pressed);
  else if ("notice" in pressed.dataset) source.open(pressed.dataset, { by: pressed, takesFocus: true });
  else if ("closePanel" in pressed.dataset) source.close();
  else if ("copyText" in pressed.dataset) copyCitation(pressed);
  else if (pressed.id === "clear") clear();
  else box.focus();
});

const clear = () => {
  running?.abort();
  voice.hush();
  store.forget();
  talk.clear();
  source.reset();
  scroller.scrollTop = 0;
  box.focus();
};

const restore = () => {
  for (const { question, html } of store.exchanges()) new talk.Exchange(question).showAnswer(html);
  const open = store.openQuestion();
  if (open) {
    new talk.Exchange(open).showFailure(new Failure(word("unfinished")), { again, edit }, word("stopped"));
  }
  const last = conversation.querySelector(".exchange:last-child");
  if (!last) return;
  last.querySelector(".question").scrollIntoView({ block: "start" });
  const article = last.querySelector(".answer");
  if (article) showFirstCitation(article);
};

/** A shared question is asked, a prepared one is put into the box; neither again after a reload. */
const readAddress = () => {
  const address = new URL(location.href);
  const shared = new URLSearchParams(address.hash.slice(1)).get("q");
  const prepared = address.searchParams.get("ask");
  if (shared === null && prepared === null) return;
  if (shared !== null) address.hash = "";
  address.searchParams.delete("ask");
  history.replaceState(null, "", address);
  if (prepared) {
    box.write(prepared);
    box.focus();
  }
  if (shared) ask(shared);
};

cards.start(conversation, (mark) => source.follow(mark.dataset));
source.start();
tools.start(conversation);
box.start({ send, stop: () => running?.abort() });
restore();
readAddress();
addEventListener("hashchange", readAddress);
document.documentElement.dataset.ready = "";
