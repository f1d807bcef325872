// gradio takes its language from the browser; this page is Chinese for everybody.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });

// Brings the newest question to the top of the view when it is asked and when its answer arrives.
document.addEventListener("DOMContentLoaded", () => {
  let seen = "";
  new MutationObserver(() => {
    const questions = document.querySelectorAll(".talk .question");
    const latest = questions[questions.length - 1];
    const state = latest ? `${questions.length} ${latest.nextElementSibling?.className}` : "";
    if (latest && state !== seen) latest.scrollIntoView({ block: "start" });
    seen = state;
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
});
