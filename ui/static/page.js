// gradio takes its language from the browser; this page is Chinese for everybody.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });

// Brings the newest question to the top of the view when an answer arrives.
document.addEventListener("DOMContentLoaded", () => {
  let known = 0;
  new MutationObserver(() => {
    const questions = document.querySelectorAll(".talk .question");
    if (questions.length > known) questions[questions.length - 1].scrollIntoView({ block: "start" });
    known = questions.length;
  }).observe(document.body, { childList: true, subtree: true });
});
