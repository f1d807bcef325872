// The policy assistant on a page of another site. Nothing is loaded before somebody points at, focuses or presses the
// button; styles are set on the elements, so that neither the host's rules nor its content policy change them.
(() => {
  const script = document.currentScript;
  if (!script || !script.src) return;
  const service = new URL(script.src).origin;
  const { mode = "bubble", into = "", question = "", measure = "", notice = "", lang = document.documentElement.lang } = script.dataset;
  const language = /^en/i.test(lang) ? "en" : "zh";
  const words = __WORDS__[language];
  const isInline = mode === "inline";
  const all = (window.PolicyWidget = window.PolicyWidget || []);
  // A page template may name the script twice.
  if (!isInline && all.some((other) => !other.isInline)) return;
  const id = "policy-widget-" + (all.length + 1);
  const DEADLINE = 10000;
  const small = matchMedia("(max-width:767.98px)");
  let isOpen = false;
  let state = ""; // "", loading, ready, failed
  let frame = null;
  let panel = null;
  let timer = 0;

  const INK = "#18222f", BLUE = "#0b3f78", DEEP = "#08315e", RED = "#a1241b";
  const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif';
  const BASE = `all:initial;direction:ltr;box-sizing:border-box;font:400 15px/1.6 ${FONT};color:${INK}`;
  const TOOL = "display:flex;align-items:center;justify-content:center;flex:none;width:40px;height:40px;border-radius:4px;color:#fff;cursor:pointer";
  const ROW = "display:flex;align-items:center";
  const SHADOW = "0 2px 4px rgba(16,32,52,.12),0 10px 28px rgba(16,32,52,.2)";

  const set = (node, name, value) => node.style.setProperty(name, value, "important");
  // Dark inside, yellow outside: seen on every ground. An older browser knows no :focus-visible.
  const ring = (node) => {
    set(node, "outline", "2px solid #10161d");
    set(node, "box-shadow", "0 0 0 5px #fc3");
  };
  const style = (node, css) => {
    node.style.cssText = `${BASE};${css}`.replace(/;|$/g, "!important;");
    // Readers may space text as they need.
    for (const name of ["line-height", "letter-spacing", "word-spacing"]) node.style.setProperty(name, node.style.getPropertyValue(name));
    if (node === document.activeElement && node !== panel && node !== frame) ring(node);
  };
  const make = (name, css, attributes = {}, ...children) => {
    const node = document.createElement(name);
    style(node, css);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  };
  const draw = (size, box, ...shapes) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${box} ${box}`);
    svg.setAttribute("aria-hidden", "true");
    style(svg, `display:block;flex:none;width:${size}px;height:${size}px`);
    for (const [d, fill, stroke, width] of shapes) {
      const path = document.createElementNS(svg.namespaceURI, "path");
      path.setAttribute("d", d);
      path.style.cssText = `fill:${fill};stroke:${stroke};stroke-width:${width};stroke-linecap:round;stroke-linejoin:round`;
      svg.append(path);
    }
    return svg;
  };
  const mark = (size) => draw(size, 34,
    ["M7 0h20a7 7 0 0 1 7 7v20a7 7 0 0 1-7 7H7a7 7 0 0 1-7-7V7a7 7 0 0 1 7-7z", "#fff", "none", 0],
    ["M12.5 7.5 9 11.5v11l3.5 4M21.5 7.5l3.5 4v11l-3.5 4", "none", BLUE, 2.6],
    ["M13.8 17a3.2 3.2 0 1 0 6.4 0 3.2 3.2 0 1 0-6.4 0", "#a8161b", "none", 0]);
  const sign = (d, colour = "#fff") => draw(22, 24, [d, "none", colour, 1.75]);
  const pressable = (node) => {
    node.addEventListener("focus", () => ring(node));
    node.addEventListener("blur", () => {
      set(node, "outline", "none");
      set(node, "box-shadow", node === button && !isInline ? SHADOW : "none");
    });
    return node;
  };

  const label = make("span", "margin-left:10px;max-width:60vw;overflow:hidden;text-overflow:ellipsis;color:#fff;font-weight:600;font-size:17px");
  const button = pressable(make("button", "", { type: "button", "aria-controls": id }, mark(34), label));
  const about = make("span", "display:block;font-size:13px;line-height:1.3;color:#d3e3f5");
  const title = make("span", "display:block;flex:1;min-width:0;color:#fff;font-weight:600;font-size:17px;line-height:1.3", { id: `${id}-title` },
    words.open, about);
  const fresh = pressable(make("a", TOOL, { href: `${service}/?lang=${language}`, target: "_blank", rel: "noopener", "aria-label": words.fresh },
    sign("M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4")));
  const shut = pressable(make("button", TOOL, { type: "button", "aria-label": words.close }, sign("M6 6l12 12M18 6 6 18")));
  const head = make("div", `${ROW};flex:none;gap:0;padding:8px 8px 8px 16px;background:${BLUE}`, {}, make("span", "display:block;margin-right:12px", {}, mark(30)), title, fresh, shut);
  const note = make("div", "", { role: "status" });
  const again = pressable(make("button", `display:none`, { type: "button" }, sign("M20 12a8 8 0 1 1-2.5-5.8M20 4v4.5h-4.5"), make("span", "margin-left:6px;color:#fff;font-weight:600", {}, words.again)));
  const stage = make("div", "display:flex;flex-direction:column;flex:1;min-height:0;background:#f3f5f8", {}, note, again);
  // Only a panel that covers the page keeps the Tab key inside.
  const edges = [0, 1].map(() => make("span", "display:none", { tabindex: "0" }));
  panel = make("div", "display:none", { id, tabindex: "-1", "aria-labelledby": `${id}-title` }, edges[0], head, stage, edges[1]);
  const root = make("div", "", { lang: language === "en" ? "en" : "zh-CN", role: "region", "aria-label": words.open }, button, panel);

  const say = () => {
    const isFailed = state === "failed";
    note.textContent = "";
    style(note, state === "ready" ? "display:none" : `display:block;margin:16px;color:${INK}`);
    style(again, isFailed ? `${ROW};align-self:flex-start;margin:0 16px 16px;min-height:44px;padding:0 16px;border-radius:8px;background:#0d4f94;cursor:pointer` : "display:none");
    if (state === "loading") note.append(words.loading);
    if (!isFailed) return;
    note.append(
      make("span", `${ROW};margin-bottom:12px;padding:8px 12px;border:1px solid ${RED};border-radius:8px;background:#fdeeec;color:${RED};font-weight:600`, {},
        sign("M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.1", RED), make("span", `margin-left:8px;color:${RED};font-weight:600`, {}, words.down)),
      make("span", "display:block", {}, words.unharmed));
  };

  const show = () => {
    const isWhole = small.matches || mode === "full";
    const isCorner = !isInline && !isWhole;
    const layer = "z-index:var(--policy-widget-z,900)";
    style(root, isInline ? "display:block" : `display:block;position:fixed;right:0;bottom:0;width:0;height:0;${layer}`);
    style(button, `${ROW};min-height:56px;padding:0 20px 0 12px;border:2px solid #fff;background:${BLUE};cursor:pointer;white-space:nowrap;`
      + (isInline ? "width:100%;border-radius:12px" : `position:fixed;right:${small.matches ? 16 : 24}px;bottom:calc(${small.matches ? 16 : 24}px + env(safe-area-inset-bottom,0px));border-radius:999px;box-shadow:${SHADOW}`));
    label.textContent = isOpen ? words.shut : words.open;
    button.setAttribute("aria-expanded", String(isOpen));
    const place = isWhole ? `position:fixed;top:0;right:0;bottom:0;left:0;${layer}`
      : isCorner ? `position:fixed;right:24px;bottom:96px;width:408px;max-height:calc(100vh - 120px);border:1px solid #d5dce4;border-radius:12px;box-shadow:0 2px 4px rgba(16,32,52,.06),0 10px 28px rgba(16,32,52,.14);height:${state === "failed" ? "auto" : "656px"}`
        : "position:relative;width:100%;height:600px;margin-top:8px;border:1px solid #d5dce4;border-radius:12px";
    style(panel, isOpen ? `display:flex;flex-direction:column;overflow:hidden;background:#f3f5f8;${place}` : "display:none");
    panel.setAttribute("role", isInline && !isWhole ? "group" : "dialog");
    if (isWhole) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    for (const edge of edges) style(edge, isWhole ? "display:block;width:0;height:0" : "display:none");
    // What did not answer is not drawn: it could lie over the page and be mistaken for it.
    if (frame) style(frame, state === "ready" ? "display:block;flex:1;width:100%;height:100%;min-height:0;border:0" : "display:none");
    say();
  };

  const tell = (said) => frame.contentWindow && frame.contentWindow.postMessage({ policyWidget: said }, service);
  const load = () => {
    if (frame && state !== "failed") return;
    if (frame) frame.remove();
    const query = new URLSearchParams({ panel: "1", lang: language });
    if (question) query.set("question", question);
    if (measure) query.set("measure", measure);
    if (notice) query.set("notice", notice);
    const made = frame = make("iframe", "display:none", { title: words.frame, src: `${service}/embed?${query}`, referrerpolicy: "no-referrer" });
    // An error page loads too; only our own page answers, and the deadline decides.
    made.addEventListener("load", () => { if (made === frame) tell("hello"); });
    state = "loading";
    clearTimeout(timer);
    timer = setTimeout(() => {
      state = "failed";
      // The panel gives room back to the page; drawn anew, it does not count as content that moved.
      set(panel, "display", "none");
      panel.getBoundingClientRect();
      show();
    }, DEADLINE);
    stage.append(made);
    show();
  };
  // What failed is tried again by a press only: closing gives the focus back to the button.
  const prepare = () => { if (!frame) load(); };
  const enter = () => {
    if (state !== "ready" || !isOpen || document.activeElement !== panel) return;
    frame.focus();
    tell("focus");
  };
  const open = () => {
    if (isOpen) return;
    isOpen = true;
    load();
    show();
    panel.focus();
    enter();
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    show();
    button.focus();
  };

  button.addEventListener("click", () => (isOpen ? close() : open()));
  button.addEventListener("pointerenter", () => { prepare(); set(button, "background", DEEP); });
  button.addEventListener("pointerleave", () => set(button, "background", BLUE));
  button.addEventListener("focus", prepare);
  shut.addEventListener("click", close);
  again.addEventListener("click", () => { load(); panel.focus(); });
  edges[0].addEventListener("focus", () => (state === "ready" ? frame : again).focus());
  edges[1].addEventListener("focus", () => fresh.focus());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) close();
  });
  addEventListener("message", (event) => {
    if (!frame || event.origin !== service || event.source !== frame.contentWindow || !event.data) return;
    const said = event.data.policyWidget;
    if (said === "close" && state === "ready") close();
    if (said !== "ready") return;
    clearTimeout(timer);
    state = "ready";
    about.textContent = String(event.data.about || "").slice(0, 60);
    show();
    enter();
  });
  small.addListener(show);
  addEventListener("beforeprint", () => { if (!isInline) set(root, "display", "none"); });
  addEventListener("afterprint", show);

  const settle = () => {
    const place = into && document.querySelector(into);
    if (place && isInline) place.append(root);
    else if (isInline && script.parentNode && script.parentNode !== document.head) script.before(root);
    else document.body.append(root);
    show();
  };
  all.push({ isInline, open, close });
  if (document.readyState !== "loading" || (document.body && !into)) settle();
  else document.addEventListener("DOMContentLoaded", settle);
})();
