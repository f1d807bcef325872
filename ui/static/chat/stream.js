// Asks the service and reads its server-sent events.
import { language, word } from "../shared/words.js";

/** Why there is no answer; `retryAfter` in seconds, `isOurs` where the question itself must be changed. */
export class Failure extends Error {
  constructor(detail, { retryAfter = 0, number = "", isOurs = false } = {}) {
    super(detail);
    this.retryAfter = retryAfter;
    this.number = number;
    this.isOurs = isOurs;
  }
}

const isOurs = (status) => status === 422 || status === 413;

/** The service explains in Chinese. */
const detailOf = (problem, status) => {
  if (problem.detail && language === "zh") return problem.detail;
  if (isOurs(status)) return word("not_a_question");
  return word(status === 503 || status === 429 ? "busy" : "unexpected");
};

const failureOf = (problem, status) =>
  new Failure(detailOf(problem, status), {
    retryAfter: problem.retry_after ?? 0,
    number: problem.error_number ?? (status ? String(status) : ""),
    isOurs: isOurs(status),
  });

async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (waiting + value).split("\n\n");
    waiting = frames.pop();
    for (const frame of frames) {
      const found = frame.match(/^event: (\w+)\ndata: (.*)$/s);
      if (found) yield { name: found[1], content: JSON.parse(found[2]) };
    }
  }
}

/** Calls `hear.step`, `hear.first_line`, `hear.part`; resolves to what `done` brought; throws a Failure or an AbortError. */
export const askService = async (question, history, signal, hear) => {
  let response;
  try {
    response = await fetch("/chat/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, history }),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(word("offline"));
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    const waiting = Number(response.headers.get("Retry-After")) || problem.retry_after;
    throw failureOf({ ...problem, retry_after: waiting }, response.status);
  }
  try {
    for await (const { name, content } of readEvents(response.body)) {
      if (name === "done") return content;
      if (name === "error") throw failureOf(content, content.status);
      hear[name]?.(content);
    }
  } catch (error) {
    if (error instanceof Failure || error.name === "AbortError") throw error;
    throw new Failure(word("cut_off"));
  }
  throw new Failure(word("cut_off"));
};
