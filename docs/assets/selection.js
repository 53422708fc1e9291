/* Chooses, orders and adds projects. Pure functions: nothing here reads or changes the page.
 *
 * A state is { q, unit, year, min, max, finding, sort }, all texts as they stand in the address; an
 * empty text chooses nothing. Amounts are in 万元, sums are made in whole 分 and so without rounding.
 */
"use strict";
window.disclose ??= {};

disclose.selection = (() => {
  const { words } = disclose.match;
  const KEYS = ["q", "unit", "year", "min", "max", "finding", "sort"];
  const FEN = 1_000_000; // in one 万元
  const ANY = "any";
  const NONE = "none";
  const chinese = new Intl.Collator("zh-Hans-CN", { numeric: true });

  const ORDERS = {
    title: (a, b) => chinese.compare(a.title, b.title),
    label: (a, b) => chinese.compare(a.label, b.label),
    year: (a, b) => a.year - b.year,
    fen: (a, b) => a.fen - b.fen,
    indicators: (a, b) => a.indicators - b.indicators,
    doubts: (a, b) => a.doubts.length - b.doubts.length,
  };

  const parse = (query) => {
    const given = new URLSearchParams(query);
    return Object.fromEntries(KEYS.map((key) => [key, given.get(key) ?? ""]));
  };

  const query = (state) => new URLSearchParams(KEYS.filter((key) => state[key]).map((key) => [key, state[key]])).toString();

  /** Give the projects that fit, in the order that the state asks for; `rules` are the findings' kinds. */
  function select(projects, state, rules) {
    const wanted = words(state.q);
    const [min, max] = [bound(state.min, -Infinity), bound(state.max, Infinity)];
    const bounded = min > -Infinity || max < Infinity;
    const rule = rules.findIndex(([id]) => id === state.finding);
    const doubtful = {
      "": () => true,
      [ANY]: (project) => project.doubts.length > 0,
      [NONE]: (project) => project.doubts.length === 0,
    }[state.finding] ?? ((project) => project.doubts.includes(rule));
    return ordered(projects.filter((project) =>
      (!state.unit || project.unit === state.unit) &&
      (!state.year || project.year === state.year) &&
      (!bounded || (project.fen !== null && project.fen >= min && project.fen <= max)) &&
      doubtful(project) &&
      wanted.every((word) => project.all.includes(word))), state.sort);
  }

  /** Read an amount in 万元 as 分; what is no number bounds nothing. */
  function bound(text, otherwise) {
    const plain = text.normalize("NFKC").replaceAll(",", "").trim();
    return /^-?\d+(\.\d+)?$/u.test(plain) ? Math.round(Number(plain) * FEN) : otherwise;
  }

  /** Put in order by a column; `-fen` is from the greatest. What has no amount comes last. */
  function ordered(projects, sort) {
    const order = ORDERS[sort.replace(/^-/u, "")];
    if (!order) return projects;
    const turn = sort.startsWith("-") ? -1 : 1;
    const missing = (project) => (sort.endsWith("fen") && project.fen === null ? 1 : 0);
    return [...projects].sort((a, b) => missing(a) - missing(b) || turn * order(a, b));
  }

  /** Add amounts and give the sum in 万元 with at least two decimals. */
  function sum(projects) {
    const fen = projects.reduce((total, project) => total + BigInt(project.fen ?? 0), 0n);
    const digits = String(fen < 0n ? -fen : fen).padStart(7, "0");
    const decimals = digits.slice(-6).replace(/0{1,4}$/u, "");
    return `${fen < 0n ? "-" : ""}${digits.slice(0, -6)}.${decimals}`;
  }

  /** Write 分 as 元 with thousands separators, as the pages do; nothing where there is no amount. */
  function yuan(fen) {
    if (fen === null) return "";
    const [whole, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100];
    const decimals = rest ? `.${String(rest).padStart(2, "0").replace(/0$/u, "")}` : "";
    return `${fen < 0 ? "-" : ""}${whole.toLocaleString("en")}${decimals}`;
  }

  /** Write a sum with thousands separators, as the pages do. */
  const grouped = (amount) => amount.replace(/\d+/u, (whole) => BigInt(whole).toLocaleString("en"));

  /** Say in words what a state chooses; `label` gives the name of a unit. */
  function describe(state, rules, label) {
    const { q, unit, year, min, max, finding } = state;
    const range = [min && `不少于 ${min}`, max && `不多于 ${max}`].filter(Boolean).join("、");
    const kinds = { [ANY]: "有疑点或提示", [NONE]: "没有疑点和提示" };
    const title = kinds[finding] ?? rules.find(([id]) => id === finding)?.[1];
    return [
      q && `含“${q}”`,
      unit && `单位 ${unit} ${label(unit)}`,
      year && `年度 ${year}`,
      range && `预算数${range} 万元`,
      finding && (title ?? finding),
    ].filter(Boolean).join("；") || "全部项目";
  }

  return { parse, query, select, sum, grouped, yuan, describe };
})();
