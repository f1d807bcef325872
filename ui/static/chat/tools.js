// What can be done with an answer: copy, print, share, read aloud, rate.
import { copyText } from "../shared/clipboard.js";
import * as voice from "../shared/voice.js";
import { word } from "../shared/words.js";

let speaking = null;

const rowOf = (article) => article.closest(".message-row");
export const questionOf = (article) => rowOf(article).previousElementSibling.querySelector(".question");

const say = (article, words) => {
  const said = article.querySelector("[data-said]");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
};

const absolute = (text) => text.replace(/ (\/notices\/\S+)$/gm, (_, path) => ` ${location.origin}${path}`);

const copy = async (article) => {
  say(article, word((await copyText(absolute(article.dataset.copy))) ? "copied" : "copy_failed"));
};

const share = async (article) => {
  const { of } = questionOf(article).dataset;
  const url = `${location.origin}/${of ? `?notice=${of}` : ""}#q=${encodeURIComponent(article.dataset.question)}`;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ title: article.dataset.question, url }).catch(() => {});
    return;
  }
  say(article, word((await copyText(url)) ? "link_copied" : "copy_failed"));
};

const printOne = (article) => {
  const title = document.title;
  const rows = [rowOf(article).previousElementSibling, rowOf(article)];
  for (const row of rows) row.dataset.printing = "";
  document.documentElement.dataset.printing = "";
  document.title = article.dataset.question;
  addEventListener("afterprint", () => {
    for (const row of rows) delete row.dataset.printing;
    delete document.documentElement.dataset.printing;
    document.title = title;
  }, { once: true });
  print();
};

/** The words without the marks. */
export const wordsOf = (node) => {
  if (node.matches(".support")) return [...node.children].map((pair) => [...pair.children].map(wordsOf).join("：")).join("；");
  const plain = node.cloneNode(true);
  plain.querySelectorAll(".cite-anchor, .wording").forEach((mark) => mark.remove());
  return plain.textContent;
};
const spoken = (article) =>
  [...article.querySelectorAll(".answer__status strong, .ai-label, .direct:not(dd), .support, .own, .items li, .quote blockquote")].map(wordsOf);

const speak = (article, button) => {
  const label = button.querySelector("span");
  if (speaking === button) {
    voice.hush();
    return;
  }
  const isHeard = voice.speak(spoken(article), article.lang, () => {
    label.textContent = word("speak");
    speaking = null;
  });
  if (!isHeard) {
    say(article, word("no_voice"));
    return;
  }
  speaking = button;
  label.textContent = word("quiet");
};

/** gradio's own buttons for the message: again (below the last one only), not useful, useful. They have no words. */
const buttonsOf = (article) => [...rowOf(article).querySelectorAll(".message-buttons button")];
const again = (article) => buttonsOf(article).at(-3)?.click();

const TOOLS = { again, copy, share, print: printOne, speak };

const sendFeedback = async (article, more) => {
  const body = {
    answer_id: article.dataset.answer,
    status: article.dataset.status,
    provision_ids: article.dataset.provisions ? article.dataset.provisions.split(" ") : [],
    corpus_version: article.dataset.corpus,
    ...more,
  };
  const response = await fetch("/api/v1/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  say(article, word(response?.ok ? "thanks" : "not_sent"));
  return Boolean(response?.ok);
};

const showReasons = (article, isShown) => {
  article.querySelector(".reasons").hidden = !isShown;
  article.querySelector("[data-verdict=down]").setAttribute("aria-expanded", String(isShown));
};

/** The verdict is gradio's event; of two the later counts. */
const rate = (article, verdict) => {
  const pressed = article.querySelector(`[data-verdict=${verdict}]`);
  if (pressed.getAttribute("aria-pressed") === "true") return;
  buttonsOf(article).at(verdict === "up" ? -1 : -2)?.click();
  for (const button of article.querySelectorAll("[data-verdict]")) button.setAttribute("aria-pressed", String(button === pressed));
  say(article, verdict === "up" ? word("thanks") : word("noted_faulty"));
};

const rateDown = async (article, form) => {
  const given = new FormData(form);
  if (!given.get("reason")) {
    say(article, word("choose_reason"));
    form.querySelector("input").focus();
    return;
  }
  const comment = given.get("comment").trim();
  const isSent = await sendFeedback(article, {
    verdict: "down",
    reason: given.get("reason"),
    ...(comment ? { comment } : {}),
    ...(given.get("consent") ? { question: questionOf(article).textContent } : {}),
  });
  if (!isSent) return;
  form.reset();
  showReasons(article, false);
  article.querySelector("[data-verdict=down]").focus();
};

export const start = (conversation) => {
  conversation.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const article = button?.closest(".answer");
    if (!article) return;
    if (button.dataset.tool) TOOLS[button.dataset.tool](article, button);
    if (button.dataset.verdict) {
      rate(article, button.dataset.verdict);
      const form = article.querySelector(".reasons");
      showReasons(article, button.dataset.verdict === "down" && form.hidden);
      if (!form.hidden) form.querySelector("input").focus();
    }
    if ("cancel" in button.dataset) {
      showReasons(article, false);
      article.querySelector("[data-verdict=down]").focus();
    }
  });
  conversation.addEventListener("submit", (event) => {
    event.preventDefault();
    rateDown(event.target.closest(".answer"), event.target);
  });
};
