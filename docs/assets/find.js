/* Answers a query from what the catalogue has read, and says what to try when nothing is found. */
"use strict";
window.disclose ??= {};

disclose.find = (() => {
  const { fold, words, search } = disclose.match;
  const { figures, spoken } = disclose.alike;
  const { state } = disclose.catalogue;

  const reading = () => !state.whole;

  /** Give { wanted, entries, instead, parts }: the words looked for, the entries that hold them all,
   * what was looked for instead when the words stand nowhere, and the words that do stand somewhere. */
  function find(query) {
    const wanted = words(query);
    const entries = search(state.entries, wanted);
    if (entries.length || !wanted.length || reading()) return { wanted, entries, instead: "", parts: [] };
    const others = alternatives(wanted)
      .map((line) => [line, search(state.entries, line)])
      .filter(([, found]) => found.length);
    if (others.length) {
      const lines = others.map(([line]) => line);
      return {
        wanted: [...new Set(lines.flat())],
        entries: [...new Set(others.flatMap(([, found]) => found))],
        instead: lines.map((line) => `“${line.join(" ")}”`).join("、"),
        parts: [],
      };
    }
    const parts = wanted.length > 1 ? wanted.filter((word) => search(state.entries, [word]).length) : [];
    return { wanted, entries, instead: "", parts };
  }

  /** Give the query with each word that stands nowhere written in other ways: a figure in the likeliest
   * that stands somewhere, initials in every one. */
  function alternatives(wanted) {
    const stands = (word) => search(state.entries, [word]).length > 0;
    const names = state.projects.map((project) => fold(project.title));
    const choices = wanted.map((word) => {
      if (stands(word)) return [word];
      const figure = figures(word).find(stands);
      return figure ? [figure] : spoken(word, names);
    });
    return choices.reduce((lines, some) => lines.flatMap((line) => some.map((one) => [...line, one])), [[]]);
  }

  /** Say how far the answer is. */
  function status({ wanted, entries, instead, parts }) {
    if (!wanted.length) return "";
    const count = [["project", "个项目"], ["disclosure", "份绩效文本"], ["term", "个术语"]]
      .map(([kind, name]) => [entries.filter((entry) => entry.kind === kind).length, name])
      .filter(([number]) => number)
      .map(([number, name]) => `${number} ${name}`)
      .join("、");
    const lost = state.missing ? `有 ${state.missing} 部分没有读到，结果可能不全。` : "";
    if (reading()) return `${count ? `已找到 ${count}，` : ""}正在查正文 ${state.read}/${state.parts}…${lost}`;
    if (instead) return `原文没有这样写，改查${instead}：${count}。${lost}`;
    if (count) return `找到 ${count}。${lost}`;
    return parts.length ? `没有一个项目同时写有这些词。${lost}` : `没有找到。${lost}`;
  }

  return { find, reading, status };
})();
