// gradio takes its language from the browser; this page is Chinese for everybody.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });

// Brings the newest question to the top of the view when it is asked and when its answer arrives.
document.addEventListener("DOMContentLoaded", () => {
  let seen = "";
  new MutationObserver(() => {
    const latest = document.querySelector(".talk > :last-child");
    const asked = latest?.previousElementSibling;
    const state = latest ? `${latest.parentElement.childElementCount} ${latest.className}` : "";
    if (latest && state !== seen) (asked?.matches(".question") ? asked : latest).scrollIntoView({ block: "start" });
    seen = state;
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
});
