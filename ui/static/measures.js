// Filters the table while one types; without it the form does the same by a new page.
(() => {
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("tr[data-text]")];
  const bodies = [...document.querySelectorAll(".table tbody")];
  const shownCount = document.querySelector("[data-shown]");
  const table = document.querySelector(".table");
  const nothing = document.querySelector(".nothing");

  const apply = () => {
    const wanted = new FormData(form);
    const get = (name) => String(wanted.get(name) ?? "");
    const words = get("words").toLowerCase().split(/\s+/).filter(Boolean);
    const [notice, chapter, department] = ["notice", "chapter", "department"].map(get);
    const who = get("who");
    let shown = 0;
    for (const row of rows) {
      const { text, departments, sums, who: recipients } = row.dataset;
      const fits = words.every((word) => text.includes(word))
        && (!notice || row.dataset.notice === notice)
        && (!chapter || row.dataset.chapter === chapter)
        && (!department || departments.split("|").includes(department))
        && recipients.includes(who)
        && (!wanted.has("sums") || sums === "yes");
      row.hidden = !fits;
      shown += fits;
    }
    for (const body of bodies) {
      const of = body.dataset.of;
      const own = of ? rows.filter((row) => row.dataset.notice === of) : rows.filter((row) => row.parentElement === body);
      body.hidden = own.every((row) => row.hidden);
    }
    shownCount.textContent = shown;
    nothing.hidden = shown > 0;
    table.hidden = shown === 0;
    const query = new URLSearchParams([...wanted].filter(([, value]) => value)).toString();
    for (const link of document.querySelectorAll("[data-kept]")) {
      const sort = new URLSearchParams(link.search).get("sort");
      const kept = new URLSearchParams(query);
      if (sort) kept.set("sort", sort);
      else kept.delete("sort");
      link.setAttribute("href", `${link.pathname}${String(kept) && `?${kept}`}`);
    }
    history.replaceState(null, "", query ? "?" + query : location.pathname);
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  document.querySelectorAll("[data-reset], .nothing a").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = false;
      else if (field.type !== "hidden") field.value = "";
    }
    apply();
    form.elements.words.focus();
  }));
  // A browser that comes back fills the form as it was left.
  addEventListener("pageshow", apply);
})();
