// The cards of citations: a press on a mark opens its card below the paragraph; one at a time; Esc closes.
let open = null; // { mark, card }

const cardOf = (mark) => document.getElementById(mark.getAttribute("aria-controls"));

const close = (returnsFocus) => {
  if (!open) return;
  const { mark, card } = open;
  open = null;
  card.hidden = true;
  mark.setAttribute("aria-expanded", "false");
  if (returnsFocus) mark.focus();
};

const show = (mark) => {
  const card = cardOf(mark);
  if (!card) return;
  // Beside its mark it is next in the order of Tab; a cell has no room for it, so there it stands below the table.
  const table = mark.closest(".table-scroll");
  if (table) table.after(card);
  else mark.closest(".cite-anchor").append(card);
  card.hidden = false;
  mark.setAttribute("aria-expanded", "true");
  open = { mark, card };
  const scroller = document.getElementById("scroll");
  const below = card.getBoundingClientRect().bottom + 8 - scroller.getBoundingClientRect().bottom;
  if (below > 0) scroller.scrollTop += below;
};

/** Whether there was a card to close. */
export const closeOpen = () => {
  const wasOpen = open !== null && open.mark.isConnected;
  close(wasOpen);
  return wasOpen;
};

export const start = () => {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-card]")) close(true);
    const mark = event.target.closest(".cite");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const isSame = open !== null && open.mark === mark;
    close(false);
    if (isSame) mark.focus();
    else show(mark);
  });
  document.addEventListener("keydown", (event) => {
    // A link that acts as a button: the space bar presses it too.
    if (event.key !== " " || !event.target.matches(".cite")) return;
    event.preventDefault();
    event.target.click();
  });
};
