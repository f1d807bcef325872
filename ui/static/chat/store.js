// The conversation, kept in this browser until the visitor clears it: {question, text, html} each, and the open question.
const KEY = "policy.talk";
const MOST_KEPT = 20;
const MOST_SENT = 10;
const LONGEST_SENT = 4000;

const isExchange = (kept) => ["question", "text", "html"].every((name) => typeof kept?.[name] === "string");

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const exchanges = Array.isArray(kept.exchanges) ? kept.exchanges.filter(isExchange) : [];
    return { exchanges, open: typeof kept.open === "string" ? kept.open : "" };
  } catch {
    return { exchanges: [], open: "" };
  }
};

const kept = read();

const write = () => {
  for (;;) {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
      return;
    } catch {
      // Full, or a browser that keeps nothing.
      if (!kept.exchanges.length) return;
      kept.exchanges.shift();
    }
  }
};

export const exchanges = () => kept.exchanges;
export const openQuestion = () => kept.open;
export const keepOpenQuestion = (question) => {
  kept.open = question;
  write();
};
export const keepExchange = (exchange) => {
  kept.open = "";
  kept.exchanges = [...kept.exchanges, exchange].slice(-MOST_KEPT);
  write();
};
export const forget = () => {
  kept.exchanges = [];
  kept.open = "";
  try { localStorage.removeItem(KEY); } catch { /* nothing is kept */ }
};
/** What the service reads to understand a follow-up. */
export const history = () =>
  kept.exchanges.slice(-MOST_SENT).flatMap(({ question, text }) => [
    { role: "user", content: question },
    { role: "assistant", content: text.slice(0, LONGEST_SENT) },
  ]);
