// The reader's comforts: contents open on a desk, the cited place named and marked in the contents, copying, printing.
(() => {
  const article = document.querySelector("article");
  const box = document.querySelector(".arrival");
  const side = document.querySelector(".reader__side");
  const contents = document.querySelector(".toc details");
  const said = document.querySelector("[data-said]");
  const beside = matchMedia("(min-width: 64rem)");

  const say = (words) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = words; }); };
  const fitContents = () => { contents.open = beside.matches; };
  fitContents();
  beside.addEventListener("change", fitContents);

  const target = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* no address of ours */ }
    const found = id ? document.getElementById(id) : null;
    return found && article.contains(found) ? found : null;
  };
  const measureOf = (place) => place.closest(".measure");
  const sentenceNumber = (place) => place.querySelector(":scope > .anchor")?.dataset.n;
  const heading = (measure) => measure.querySelector(".measure__title").textContent.replace(/[。\s]+$/, "");
  const label = (place) => {
    const measure = measureOf(place);
    const number = sentenceNumber(place);
    if (!measure) return `“${place.textContent.trim().slice(0, 24)}”`;
    return number ? `${measure.dataset.label}第${number}句` : heading(measure);
  };

  const showArrival = () => {
    const place = target();
    box.hidden = !place;
    const measure = place && measureOf(place);
    const current = measure ? "#" + measure.id : place ? "#" + place.id : "";
    document.querySelectorAll(".toc a").forEach((link) => {
      if (current && link.hash === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
    const entry = document.querySelector(".toc [aria-current]");
    if (entry && beside.matches) side.scrollTop = entry.offsetTop - side.clientHeight / 2;
    if (place) box.querySelector("[data-arrival]").textContent = "正在看：" + label(place);
  };
  addEventListener("hashchange", showArrival);
  showArrival();

  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // An address without https has no clipboard of its own.
      const field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("aria-hidden", "true");
      field.className = "sr";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  const citeTarget = () => {
    const place = target();
    const holder = (measureOf(place)?.querySelector("[data-copy]")) ?? article;
    const number = sentenceNumber(place);
    const words = number ? `第${number}句：“${place.textContent}”` : "";
    return `${holder.dataset.copy}${words}\n${location.origin}${location.pathname}#${place.id}`;
  };

  document.addEventListener("click", async (event) => {
    const pressed = event.target.closest?.("[data-copy], [data-copy-target], [data-print], [data-back]");
    if (!pressed || pressed === article) return;
    if (pressed.dataset.print !== undefined) { print(); return; }
    if (pressed.dataset.back !== undefined) {
      // From an answer, back to that answer as it stood.
      if (document.referrer.startsWith(location.origin + "/") && new URL(document.referrer).pathname === "/" && history.length > 1) {
        event.preventDefault();
        history.back();
      }
      return;
    }
    const text = pressed.dataset.copy ? `${pressed.dataset.copy}\n${location.origin}${pressed.dataset.address}` : citeTarget();
    const focused = document.activeElement;
    const done = await copyText(text);
    focused?.focus();
    say(done ? "已复制引用" : "没能复制，请选中文字后手工复制");
    if (!done) return;
    pressed.classList.add("is-done");
    setTimeout(() => pressed.classList.remove("is-done"), 2000);
  });
})();
