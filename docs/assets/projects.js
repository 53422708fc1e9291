/* The table of all projects: filters, order, count and sum, and the selection as a file. The page holds
 * the first rows already; they are replaced once the catalogue is read. The address keeps the state.
 */
"use strict";

(() => {
  const table = document.querySelector("[data-projects]");
  if (!table) return;
  const BATCH = 200;
  const COLUMNS = ["unit_code", "unit_label", "year", "project_id", "code", "name", "amount_unit", "budget_total", "indicator_count", "findings", "url"];
  const { catalogue, selection, find } = disclose;
  const { make, marked } = disclose.results;
  const [form, summary, tools, download, more, pager] = ["filters", "summary", "tools", "download", "more", "pager"].map((name) => document.querySelector(`[data-${name}]`));
  const body = table.tBodies[0];
  const { state: all } = catalogue;
  let state = selection.parse(location.search);
  let chosen = [];
  let most = BATCH;
  let waiting = 0;
  let largest = 1;

  const label = (unit) => all.disclosures.find((disclosure) => disclosure.unit === unit)?.label ?? "";

  function update() {
    choose();
    body.replaceChildren(...chosen.slice(0, most).map(row));
  }

  function choose() {
    waiting = 0;
    if (state.q) catalogue.loadTexts();
    chosen = selection.select(all.projects, state, all.rules);
    more.hidden = chosen.length <= most;
    const reading = state.q && find.reading() ? `（正在查正文 ${all.read}/${all.parts}…）` : "";
    const lost = all.missing ? `有 ${all.missing} 部分没有读到，结果可能不全。` : "";
    const empty = chosen.length || reading ? "" : "可以减少条件，或按“清除条件”重来。";
    summary.textContent = `选出 ${chosen.length} 个项目，预算数合计 ${selection.grouped(selection.sum(chosen))} 万元${reading}。${empty}${lost}`;
    for (const cell of table.tHead.querySelectorAll("[data-sort]")) {
      const [up, down] = [state.sort === cell.dataset.sort, state.sort === `-${cell.dataset.sort}`];
      if (up || down) cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    }
  }

  function row(project) {
    const link = make("a", { href: catalogue.address(project.path) }, ...marked(project.title, disclose.match.words(state.q)));
    const unit = make("a", { href: catalogue.address(`units/${project.unit}/${project.year}/index.html`) }, project.label);
    const amountUnit = table.dataset.unit ? "" : ` ${project.amountUnit}`;
    const cell = (attributes, ...content) => make("td", { role: "cell", ...attributes }, ...content);
    return make("tr", { role: "row" },
      make("th", { scope: "row", role: "rowheader" }, link),
      cell({ class: "number", ...(project.fen === null ? {} : { "data-yuan": selection.yuan(project.fen) }) }, project.amount && project.amount + amountUnit, bar(project.fen / largest)),
      cell({}, unit),
      cell({}, project.year),
      cell({ class: "number", "data-label": "指标" }, project.indicators),
      cell({ class: "number", "data-label": "疑点与提示" }, project.doubts.length));
  }

  function bar(share) {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const attributes = { class: "share", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" };
    for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
    const filled = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    filled.setAttribute("width", Math.max(0, Math.round(share * 100)));
    filled.setAttribute("height", 1);
    picture.append(filled);
    return picture;
  }

  /** Take over a change: the rows start anew, and the address says what is chosen. */
  function change(fields) {
    state = { ...state, ...fields };
    most = BATCH;
    update();
    const address = new URL(location.href);
    address.search = selection.query(state);
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers forbid it for pages opened from a disk; only the shared address is lost
    }
  }

  function save() {
    const web = location.protocol.startsWith("http");
    const kinds = (project) => [...new Set(project.doubts)].map((rule) => all.rules[rule][1]).join("；");
    const rows = chosen.map((project) => [
      project.unit, project.label, project.year, project.id, project.code, project.title, project.amountUnit,
      project.amount, project.indicators, kinds(project), web ? catalogue.address(project.path) : project.path,
    ]);
    const said = `${selection.describe(state, all.rules, label)}。${chosen.length} 个项目，预算数合计 ${selection.sum(chosen)} 万元。`;
    disclose.csv.download("所选项目.csv", disclose.csv.write([[said], COLUMNS, ...rows]));
  }

  function fillFilters() {
    const units = new Map(all.disclosures.map(({ unit, label: name }) => [unit, `${unit} ${name}`]));
    const years = new Map(all.disclosures.map(({ year }) => [year, year]));
    const kinds = new Map(all.rules.map(([id, title, word]) => [id, `${word}：${title}`]));
    for (const [name, options] of [["unit", [...units].sort()], ["year", [...years].sort().reverse()], ["finding", [...kinds]]]) {
      form.elements[name].append(...options.map(([value, text]) => make("option", { value }, text)));
    }
    for (const [name, value] of Object.entries(state)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
  }

  function makeSortable(cell) {
    const key = cell.dataset.sort;
    const button = make("button", { type: "button", class: "sort" }, ...cell.childNodes);
    button.addEventListener("click", () => change({ sort: state.sort === key ? `-${key}` : key }));
    cell.replaceChildren(button);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (!event.isComposing) change({ [event.target.name]: event.target.value });
  });
  form.addEventListener("compositionend", (event) => change({ [event.target.name]: event.target.value }));
  form.addEventListener("reset", () => change({ q: "", unit: "", year: "", min: "", max: "", finding: "" }));
  download.addEventListener("click", save);
  more.addEventListener("click", () => {
    const next = most;
    most += BATCH;
    update();
    body.rows[next]?.querySelector("a").focus();
  });

  catalogue.load().then(() => {
    if (!all.projects.length) return; // not read: the rows that the page holds remain
    largest = all.projects.reduce((greatest, project) => Math.max(greatest, project.fen ?? 0), 1);
    fillFilters();
    table.tHead.querySelectorAll("[data-sort]").forEach(makeSortable);
    for (const part of [form, tools]) part.hidden = false;
    if (pager) pager.hidden = true;
    // the first page holds the first rows of the whole list already
    const first = body.rows[0].querySelector("a").href;
    if (!selection.query(state) && first === catalogue.address(all.projects[0].path)) choose();
    else update();
    catalogue.listen(() => { if (state.q) waiting ||= setTimeout(update, 120); });
  });
})();
