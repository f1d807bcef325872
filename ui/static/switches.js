// 大字, 高对比 and the language: applied before the first paint, remembered in this browser only.
(() => {
  const root = document.documentElement;
  root.setAttribute("data-script", ""); // shows the buttons that would do nothing without one
  const values = { print: "large", contrast: "high" };

  const stored = (name) => {
    try { return localStorage.getItem("policy." + name); } catch { return null; }
  };
  const store = (name, value) => {
    try { localStorage.setItem("policy." + name, value); } catch { /* a browser that keeps nothing */ }
  };
  /** The address says the language and is remembered; a page that came in another one is fetched again. */
  const applyLanguage = () => {
    const known = /^(zh|en)$/;
    const address = new URL(location.href);
    const asked = address.searchParams.get("lang");
    if (known.test(asked ?? "")) store("language", asked);
    const chosen = stored("language");
    if (asked || !known.test(chosen ?? "") || root.lang.startsWith(chosen)) return;
    address.searchParams.set("lang", chosen);
    location.replace(address);
  };
  applyLanguage();

  const isOn = (name) => root.getAttribute("data-" + name) === values[name];
  const buttons = (name) => document.querySelectorAll(`[data-toggle="${name}"]`);
  const showState = () => {
    for (const name in values) buttons(name).forEach((button) => {
      const pressed = String(isOn(name));
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    });
  };
  const apply = (name, active) => {
    if (active) root.setAttribute("data-" + name, values[name]);
    else root.removeAttribute("data-" + name);
    showState();
  };
  const wanted = (name) => {
    const choice = stored(name);
    if (choice) return choice === "on";
    return name === "contrast" && matchMedia("(prefers-contrast: more)").matches;
  };

  for (const name in values) apply(name, wanted(name));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-toggle]");
    const name = button?.dataset.toggle;
    if (!(name in values)) return;
    apply(name, !isOn(name));
    store(name, isOn(name) ? "on" : "off");
  });
  // Another tab of the same visitor.
  addEventListener("storage", (event) => {
    for (const name in values) if (event.key === "policy." + name) apply(name, event.newValue === "on");
  });
  // A page that is drawn by a script gets its buttons late.
  const waiting = new MutationObserver(() => {
    if (!document.querySelector("[data-toggle]")) return;
    showState();
    if (document.readyState === "complete") waiting.disconnect();
  });
  waiting.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", showState);
})();
