// Tables that sort when a head is pressed, and go into a file for a spreadsheet: every table[data-sortable] of the page,
// whenever it comes. A cell says in data-sort what it counts for, else its text does; [data-csv] holds the name of the file.
const MARKS = ".cite-anchor, .cite-card, [hidden], [data-no-csv]";

const textOf = (cell) => {
  const plain = cell.cloneNode(true);
  for (const mark of plain.querySelectorAll(MARKS)) mark.remove();
  return plain.textContent.replace(/\s+/g, " ").trim();
};

const compareNumbers = (column) => (a, b) => {
  const [first, second] = [a, b].map((row) => row.cells[column].dataset.sort);
  return (first === undefined ? -1 : Number(first)) - (second === undefined ? -1 : Number(second));
};

const compareTexts = (column) => (a, b) =>
  textOf(a.cells[column]).localeCompare(textOf(b.cells[column]), document.documentElement.lang, { numeric: true });

/** What has numbers begins with the largest. */
const sort = (head) => {
  const table = head.closest("table");
  const column = head.cellIndex;
  const rows = [...table.tBodies].map((body) => [...body.rows].filter((row) => row.cells.length > column));
  const isCounted = rows.some((own) => own.some((row) => row.cells[column].dataset.sort !== undefined));
  const before = head.getAttribute("aria-sort");
  const order = before ? (before === "ascending" ? "descending" : "ascending") : isCounted ? "descending" : "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const compare = (isCounted ? compareNumbers : compareTexts)(column);
  for (const own of rows) {
    own.sort((a, b) => (order === "ascending" ? compare(a, b) : compare(b, a)));
    // A row across all columns is the heading of its group: it stays first.
    for (const row of own) row.parentElement.append(row);
  }
};

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const quote = (text) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

const linesOf = (table) =>
  [...table.rows].filter((row) => !row.closest("[hidden]")).map((row) => [...row.cells].map((c) => quote(textOf(c))).join(","));

const nearestTable = (node) => {
  for (let around = node.parentElement; around; around = around.parentElement) {
    const table = around.querySelector("table[data-sortable]");
    if (table) return table;
  }
  return null;
};

const download = (button) => {
  const table = nearestTable(button);
  if (!table) return;
  const link = document.createElement("a");
  // Spreadsheets tell UTF-8 by the mark at the beginning.
  link.href = URL.createObjectURL(new Blob(["\ufeff", linesOf(table).join("\r\n"), "\r\n"], { type: "text/csv" }));
  link.download = button.dataset.csv;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("table[data-sortable] th button, [data-csv]");
  if (!button) return;
  if (button.dataset.csv) download(button);
  else sort(button.closest("th"));
});
