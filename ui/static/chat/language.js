// gradio takes its language from the browser; here the page says which. A choice of the visitor is remembered.
(() => {
  const language = document.documentElement.lang;
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });

  const address = new URL(location.href);
  const asked = address.searchParams.get("lang");
  try {
    if (asked) localStorage.setItem("policy.language", asked);
    const chosen = localStorage.getItem("policy.language");
    if (!asked && /^(zh|en)$/.test(chosen ?? "") && !language.startsWith(chosen)) {
      address.searchParams.set("lang", chosen);
      location.replace(address);
    }
  } catch { /* a browser that keeps nothing */ }
})();
