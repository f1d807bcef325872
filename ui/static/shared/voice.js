// Reads aloud with the browser's own voice; one reader at a time.
let whenDone = null;

export const hush = () => {
  if (!whenDone) return;
  const tell = whenDone;
  whenDone = null;
  speechSynthesis.cancel();
  tell();
};

/** False where the browser has no voice; `tell` hears when the last text was read or somebody stopped it. */
export const speak = (texts, language, tell) => {
  hush();
  if (!("speechSynthesis" in window) || !speechSynthesis.getVoices().length) return false;
  const done = () => tell();
  whenDone = done;
  // One by one: long texts break off in some browsers.
  texts.forEach((text, at) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    // What was cancelled ends late, when something else may be read already.
    if (at === texts.length - 1) utterance.onend = () => { if (whenDone === done) hush(); };
    speechSynthesis.speak(utterance);
  });
  return true;
};

// Voices arrive after the first call.
if ("speechSynthesis" in window) speechSynthesis.getVoices();
addEventListener("pagehide", hush);
