// What can be done with an answer: copy, print, share, read aloud, rate.
import { copyText } from "../shared/clipboard.js";
import * as voice from "../shared/voice.js";
import { word } from "../shared/words.js";

const pattern = document.getElementById("pattern-foot");
let speaking = null;

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
  const url = `${location.origin}/#q=${encodeURIComponent(article.dataset.question)}`;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ title: article.dataset.question, url }).catch(() => {});
    return;
  }
  say(article, word((await copyText(url)) ? "link_copied" : "copy_failed"));
};

const printOne = (article) => {
  const exchange = article.closest(".exchange");
  const title = document.title;
  exchange.dataset.printing = "";
  document.documentElement.dataset.printing = "";
  document.title = article.dataset.question;
  addEventListener("afterprint", () => {
    delete exchange.dataset.printing;
    delete document.documentElement.dataset.printing;
    document.title = title;
  }, { once: true });
  print();
};

const spoken = (article) =>
  [...article.querySelectorAll(".answer__status strong, .ai-label, .direct, .own, .items li, .quote blockquote")]
    .map((node) => {
      const plain = node.cloneNode(true);
      plain.querySelectorAll(".cite-anchor, .wording").forEach((mark) => mark.remove());
      return plain.textContent;
    });

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

const TOOLS = { copy, share, print: printOne, speak };

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

const rateUp = async (article, button) => {
  showReasons(article, false);
  if (button.getAttribute("aria-pressed") === "true") return;
  if (await sendFeedback(article, { verdict: "up" })) button.setAttribute("aria-pressed", "true");
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
    ...(given.get("consent") ? { question: article.closest(".exchange").querySelector(".question").textContent } : {}),
  });
  if (!isSent) return;
  form.reset();
  showReasons(article, false);
  article.querySelector("[data-verdict=down]").focus();
};

/** Puts the tools below an answer; `prefix` keeps their ids apart from those of other answers. */
export const equip = (article, prefix) => {
  const foot = pattern.content.cloneNode(true);
  for (const name of ["id", "for", "aria-controls"]) {
    for (const node of foot.querySelectorAll(`[${name}]`)) node.setAttribute(name, prefix + node.getAttribute(name));
  }
  // What answers nothing is neither copied nor printed; whether it was right to say so can be rated.
  if (!article.dataset.provisions) foot.querySelector(".tools").remove();
  article.append(foot);
};

export const start = (conversation) => {
  conversation.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const article = button?.closest(".answer");
    if (!article) return;
    if (button.dataset.tool) TOOLS[button.dataset.tool](article, button);
    if (button.dataset.verdict === "up") rateUp(article, button);
    if (button.dataset.verdict === "down") {
      const form = article.querySelector(".reasons");
      showReasons(article, form.hidden);
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
