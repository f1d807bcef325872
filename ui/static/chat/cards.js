// The cards of citations: open on hover, keyboard focus and tap; one at a time; Esc closes.
import * as source from "./source.js";

const scroller = document.getElementById("scroll");
const HOVER_MS = 140;
const LEAVE_MS = 260;
let open = null; // { mark, card, isPinned }
let timer = 0;

const cardOf = (mark) => document.getElementById(mark.getAttribute("aria-controls"));
const anchorOf = (node) => node?.closest?.(".cite-anchor");

const GAP = 16;

/** What is opened on purpose comes into view, as far as its mark stays in view too. */
const reveal = (mark, needed) => {
  const view = scroller.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const below = at.bottom + needed - view.bottom;
  const room = at.top - GAP / 2 - view.top;
  if (below > 0 && room > 0) scroller.scrollTop += Math.min(below, room);
};

const tableOf = (mark) => mark.closest(".table-scroll");

/** A table that scrolls would cut off what hangs out of it: there the card has its place in the window. */
const placeInWindow = ({ mark, card }, left) => {
  const view = scroller.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const height = card.offsetHeight + GAP / 2;
  const top = card.dataset.side === "above" ? at.top - height : Math.min(at.bottom + GAP / 2, view.bottom - height);
  Object.assign(card.style, { left: `${left}px`, top: `${Math.max(view.top, top)}px`, bottom: "auto" });
};

const place = ({ mark, card, isPinned }) => {
  const bounds = mark.closest(".answer").getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  Object.assign(card.style, { left: "0px", top: "", bottom: "" });
  delete card.dataset.side;
  const width = card.offsetWidth;
  const left = Math.min(Math.max(at.left - 96, bounds.left), Math.max(bounds.left, bounds.right - width));
  card.style.left = `${left - at.left}px`;
  card.style.setProperty("--arrow", `${at.left + at.width / 2 - left}px`);
  // Above only where all of it fits: one can scroll on to what hangs below, never to what stands above the top.
  const needed = card.offsetHeight + GAP;
  if (needed > view.bottom - at.bottom && needed <= at.top - view.top) card.dataset.side = "above";
  else if (isPinned) reveal(mark, needed);
  if (tableOf(mark)) placeInWindow({ mark, card }, left);
};

/** A card in the window follows its mark, and goes when the mark is out of sight. */
const follow = () => {
  if (!open || !tableOf(open.mark)) return;
  const at = open.mark.getBoundingClientRect();
  const views = [scroller, tableOf(open.mark)].map((e) => e.getBoundingClientRect());
  const isSeen = views.every((v) => at.bottom > v.top && at.top < v.bottom && at.right > v.left && at.left < v.right);
  if (isSeen) place({ ...open, isPinned: false });
  else close();
};

export const close = ({ returnsFocus = false } = {}) => {
  clearTimeout(timer);
  if (!open) return;
  const { mark, card } = open;
  open = null;
  const held = anchorOf(mark).contains(document.activeElement);
  if (returnsFocus && held) mark.focus();
  card.hidden = true;
  mark.setAttribute("aria-expanded", "false");
};

const show = (mark, isPinned) => {
  clearTimeout(timer);
  if (open?.mark === mark) {
    open.isPinned ||= isPinned;
    if (isPinned) place(open);
    return;
  }
  close();
  const card = cardOf(mark);
  if (!card) return;
  // Beside its mark it is next in the order of Tab.
  anchorOf(mark).append(card);
  card.hidden = false;
  mark.setAttribute("aria-expanded", "true");
  open = { mark, card, isPinned };
  place(open);
};

export const start = (conversation) => {
  conversation.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-card]")) close({ returnsFocus: true });
    const mark = event.target.closest(".cite");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (open?.mark === mark && open.isPinned) {
      close({ returnsFocus: true });
      return;
    }
    show(mark, true);
    source.follow(mark.dataset);
  });
  conversation.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches(".cite")) return;
    event.preventDefault();
    event.target.click();
  });
  conversation.addEventListener("focusin", (event) => {
    if (event.target.matches(".cite:focus-visible")) show(event.target, false);
  });
  conversation.addEventListener("focusout", (event) => {
    if (open && anchorOf(event.target) === anchorOf(open.mark) && event.relatedTarget
      && !anchorOf(open.mark).contains(event.relatedTarget)) close();
  });
  conversation.addEventListener("pointerover", (event) => {
    const anchor = anchorOf(event.target);
    if (event.pointerType !== "mouse" || !anchor) return;
    clearTimeout(timer);
  });
  // A mark that an answer draws under a resting pointer was not pointed at: only a pointer that moves opens it.
  conversation.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || !event.target.matches(".cite")) return;
    clearTimeout(timer);
    timer = setTimeout(() => show(event.target, false), HOVER_MS);
  });
  conversation.addEventListener("pointerout", (event) => {
    const anchor = anchorOf(event.target);
    if (event.pointerType !== "mouse" || !anchor || anchor.contains(event.relatedTarget)) return;
    clearTimeout(timer);
    timer = setTimeout(() => { if (open && !open.isPinned && !anchor.contains(document.activeElement)) close(); }, LEAVE_MS);
  });
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  // A turned phone, larger print: the mark is elsewhere now.
  new ResizeObserver(() => { if (open) place(open); }).observe(conversation);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) close({ returnsFocus: true });
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && anchorOf(event.target) !== anchorOf(open.mark)) close();
  });
};
