// Asks the service and reads its server-sent events, with what browsers of 2020 have.
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
  if (problem.detail && language === "zh") return String(problem.detail);
  if (isOurs(status)) return word("not_a_question");
  return word(status === 503 || status === 429 ? "busy" : "unexpected");
};

const failureOf = (problem, status) =>
  new Failure(detailOf(problem, status), {
    retryAfter: Number(problem.retry_after) || 0,
    number: String(problem.error_number || ""),
    isOurs: isOurs(status),
  });

const refusal = async (response) => {
  const problem = await response.json().catch(() => ({}));
  const waiting = Number(response.headers.get("Retry-After")) || problem.retry_after;
  return failureOf(Object.assign({}, problem, { retry_after: waiting }), response.status);
};

/** What `done` brought; null where the stream ends without it. */
const readAnswer = async (body, hear) => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return null;
    const frames = (waiting + decoder.decode(value, { stream: true })).split("\n\n");
    waiting = frames.pop();
    for (const frame of frames) {
      const found = frame.match(/^event: (\w+)\ndata: (.*)$/s);
      if (!found) continue;
      const content = JSON.parse(found[2]);
      if (found[1] === "done") return content;
      if (found[1] === "error") throw failureOf(content, content.status);
      if (hear[found[1]]) hear[found[1]](content);
    }
  }
};

/** Calls `hear.first_line` and `hear.part`; throws a Failure or an AbortError. */
export const askService = async (question, history, signal, hear) => {
  let response;
  try {
    response = await fetch("/chat/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, history }),
      credentials: "omit",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(word("offline"));
  }
  if (!response.ok) throw await refusal(response);
  let answer = null;
  try {
    answer = await readAnswer(response.body, hear);
  } catch (error) {
    if (error instanceof Failure || error.name === "AbortError") throw error;
  }
  if (!answer) throw new Failure(word("cut_off"));
  return answer;
};
