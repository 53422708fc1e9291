/* Sorts and filters a table of findings that stands whole in the page. The address keeps the filters. */
"use strict";

(() => {
  const holder = document.querySelector("[data-findings]");
  if (!holder) return;
  const [form, summary] = [holder.querySelector("[data-filters]"), holder.querySelector("[data-summary]")];
  const table = holder.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const chinese = new Intl.Collator("zh-Hans-CN", { numeric: true });
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
  const selects = [...form.querySelectorAll("select")];
  const kinds = {
    severity: (row) => row.cells[0].textContent,
    family: (row) => row.dataset.family,
    rule: (row) => row.cells[3].querySelector("a").textContent,
    disclosure: (row) => row.dataset.disclosure,
    reply: (row) => (row.querySelector("[data-reply]") ? "已说明" : "未说明"),
  };
  const kind = new Map(rows.map((row) => [row, Object.fromEntries(selects.map(({ name }) => [name, kinds[name](row)]))]));

  function fill() {
    const given = new URLSearchParams(location.search);
    for (const select of selects) {
      const words = [...new Set(rows.map((row) => kind.get(row)[select.name]))].filter(Boolean);
      select.append(...words.map((word) => new Option(word, word)));
      select.parentElement.hidden = words.length < 2; // nothing to choose
    }
    for (const field of [form.q, ...selects]) field.value = given.get(field.name) ?? "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
  }

  function update() {
    const words = plain(form.q.value).split(/\s+/u).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(selects.every((select) => !select.value || kind.get(row)[select.name] === select.value)
        && words.every((word) => texts.get(row).includes(word)));
      shown += !row.hidden;
    }
    const none = shown ? "" : "可以减少条件，或按“清除条件”重来。";
    summary.textContent = shown === rows.length ? `共 ${rows.length} 处。` : `共 ${rows.length} 处，选出 ${shown} 处。${none}`;
    const chosen = [form.q, ...selects].filter((field) => field.value).map((field) => [field.name, field.value]);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  }

  function sort(heading) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const at = heading.cellIndex;
    // the page gives the gravest first, which is the order of the first column
    const key = at === 0 ? null : new Map(rows.map((row) => [row, row.cells[at].textContent.trim()]));
    const order = key ? [...rows].sort((a, b) => chinese.compare(key.get(a), key.get(b))) : [...rows];
    body.append(...(down ? order.reverse() : order));
  }

  for (const heading of table.tHead.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sort(heading));
    heading.replaceChildren(button);
  }
  fill();
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  update();
})();
