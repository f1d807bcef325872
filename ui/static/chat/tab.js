// Before gradio starts: it takes its language from the browser, and keeps a talk for all tabs in one place.
(() => {
  const language = document.documentElement.lang;
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });

  // What gradio sends may not arrive, which it does not say: the page says it, in the words of the service where there are any.
  const { fetch } = window;
  const tell = (detail) => dispatchEvent(new CustomEvent("unsent", { detail }));
  window.fetch = async (...sent) => {
    const isAsked = String(sent[0]?.url ?? sent[0]).includes("/gradio_api/queue/join");
    try {
      const response = await fetch(...sent);
      if (isAsked && !response.ok) tell((await response.clone().json().catch(() => ({}))).detail);
      return response;
    } catch (error) {
      if (isAsked) tell();
      throw error;
    }
  };

  // One talk per tab, gone when it is closed: what gradio keeps under these names belongs to the tab.
  const OF_THE_TAB = /^policy\.(talk|asking)$/;
  const { getItem, setItem } = Storage.prototype;
  const placeOf = (store, key) => (store === localStorage && OF_THE_TAB.test(key) ? sessionStorage : store);
  Storage.prototype.getItem = function (key) { return getItem.call(placeOf(this, key), key); };
  Storage.prototype.setItem = function (key, value) { setItem.call(placeOf(this, key), key, value); };
})();
