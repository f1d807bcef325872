// The notice beside the conversation: a panel on a desk, a sheet from below on smaller screens.
import { parse } from "../shared/safe-html.js";
import { language, word } from "../shared/words.js";

const beside = document.getElementById("beside");
const contents = [...beside.childNodes];
const isDesk = matchMedia("(min-width: 64rem)");
const sheet = document.createElement("dialog");
let opener = null;
let asked = 0;
let isLeaving = false; // the way back is taken because the sheet was closed

const showContents = () => beside.replaceChildren(...contents);

const notify = (words) => {
  const note = document.createElement("p");
  note.className = "panel__note";
  note.textContent = words;
  return note;
};

const reveal = (panel) => {
  const scroll = panel.querySelector(".panel__scroll");
  const hit = panel.querySelector("mark");
  if (!scroll) return;
  const at = hit ? hit.getBoundingClientRect() : null;
  const view = scroll.getBoundingClientRect();
  scroll.scrollTop = at ? scroll.scrollTop + at.top + at.height / 2 - view.top - view.height / 2 : 0;
};

const load = async ({ notice, start, end, number }) => {
  const query = new URLSearchParams({ start, end, lang: language, ...(number ? { number } : {}) });
  const response = await fetch(`/chat/source/${encodeURIComponent(notice)}?${query}`);
  if (!response.ok) throw new Error(String(response.status));
  return parse(await response.text());
};

const fill = (panel, content) => {
  panel.replaceChildren(content);
  const title = panel.querySelector(".panel__head h2");
  if (title) title.id = "panel-title";
};

/** `place` is the dataset of a link that leads to words of a notice; `by` gets the focus back. */
export const open = async (place, { by = null, takesFocus = false } = {}) => {
  const turn = ++asked;
  const panel = isDesk.matches ? beside : sheet;
  // A card closes when the focus leaves it; its mark stays.
  if (by && !panel.contains(by)) opener = by.closest(".cite-anchor")?.querySelector(".cite") ?? by;
  let content;
  try {
    content = await load(place);
  } catch {
    content = notify(word("source_failed"));
  }
  if (turn !== asked) return;
  fill(panel, content);
  if (panel === sheet && !sheet.open) {
    sheet.showModal();
    if (history.state !== "sheet") history.pushState("sheet", ""); // the way back of a phone closes the sheet, and does not leave the talk
  }
  reveal(panel);
  if (takesFocus || panel === sheet) panel.querySelector(".panel__scroll")?.focus({ preventScroll: true });
};

/** Shows the words without taking the visitor away from the answer: where there is a panel for it. */
export const follow = (place) => { if (isDesk.matches) open(place); };

export const close = () => {
  asked += 1;
  if (sheet.open) {
    sheet.close();
    return;
  }
  showContents();
  if (opener?.isConnected) opener.focus();
  else beside.querySelector(".panel__scroll").focus({ preventScroll: true });
  opener = null;
};

export const reset = () => {
  asked += 1;
  if (sheet.open) sheet.close();
  showContents();
};

export const start = () => {
  sheet.className = "panel bottom-sheet";
  sheet.setAttribute("aria-label", word("panel"));
  document.body.append(sheet);
  addEventListener("popstate", () => {
    if (!isLeaving) {
      if (sheet.open && history.state !== "sheet") sheet.close();
    } else if (sheet.open) history.pushState("sheet", ""); // opened anew meanwhile
    isLeaving = false;
  });
  sheet.addEventListener("close", () => {
    // Told late: it may be open again by now.
    if (sheet.open) return;
    if (history.state === "sheet" && !isLeaving) { // twice back would leave the page
      isLeaving = true;
      history.back();
    }
    sheet.replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
  // The part of the screen that the sheet leaves free.
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  // Larger print moves the cited words out of view.
  new MutationObserver(() => reveal(sheet.open ? sheet : beside))
    .observe(document.documentElement, { attributeFilter: ["data-print"] });
  isDesk.addEventListener("change", () => { if (sheet.open) sheet.close(); });
};
