// Copies text, also where the browser has no clipboard of its own: on an address without https.
const copySelected = (text) => {
  const focused = document.activeElement;
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "sr";
  holder.setAttribute("aria-hidden", "true");
  (focused?.closest("dialog") ?? document.body).append(holder);
  holder.select();
  const isDone = document.execCommand("copy");
  holder.remove();
  focused?.focus({ preventScroll: true });
  return isDone;
};

export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
};
