// Speaks with the panel of the widget around this frame; only with the parent, and only where it may show this page.
import { closeOpen } from "./cards.js";

const { origins, about } = document.body.dataset;
const allowed = origins.split(" ").concat(location.origin);
let host = ""; // the origin that said hello

const tell = (said) => window.parent.postMessage(Object.assign({ policyWidget: said }, { about }), host);

/** `enter` is called when the visitor has opened the panel. */
export const start = (enter) => {
  if (window.parent === window) return;
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || allowed.indexOf(event.origin) < 0 || !event.data) return;
    const said = event.data.policyWidget;
    if (said === "hello") {
      host = event.origin;
      tell("ready");
    }
    if (said === "focus" && host === event.origin) enter();
  });
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
  if (!closeOpen() && host) tell("close");
});
