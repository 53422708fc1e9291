/* Shows what was found: builds the elements of a result. Texts are only ever set as text. */
"use strict";
window.disclose ??= {};

disclose.results = (() => {
  const { pieces, spans } = disclose.match;
  const { state, address } = disclose.catalogue;
  const KINDS = { project: "项目", disclosure: "绩效文本", term: "术语" };
  const IN_HEAD = 2; // name and code stand in the head of every result

  /** Make an element; children are elements or texts. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  const marked = (text, wanted, length) =>
    pieces(text, wanted, length).map(([piece, mark]) => (mark ? make("mark", {}, piece) : piece));

  /** Give the texts that hold a word, one for each word first; the head of the result is left out. */
  function passages(entry, wanted) {
    const holding = entry.fields.filter(([field, , folded]) => field >= IN_HEAD && wanted.some((word) => folded.includes(word)));
    const first = wanted.map((word) => holding.find(([, , folded]) => folded.includes(word)));
    return [...new Set([...first.filter(Boolean), ...holding])];
  }

  /** Give the elements of a result: its head, its facts, and at most `most` passages of `length`. */
  function parts(entry, wanted, { head, most, length }) {
    const all = passages(entry, wanted).filter(([field, text]) => !isUnit(field) && !(entry.kind === "term" && text === entry.title));
    head.append(...marked(entry.title, wanted));
    const shown = all.slice(0, most).map(([field, text]) => {
      const label = make("span", { class: "hit__field" }, state.fields[field][0]);
      return make("span", { class: "hit__passage", ...grouped(text) }, label, " ", ...marked(text, wanted, length));
    });
    const more = all.length > most ? [make("span", { class: "hit__more" }, `另有 ${all.length - most} 处`)] : [];
    return [head, make("span", { class: "hit__facts" }, ...facts(entry, wanted)), ...shown, ...more];
  }

  /** Say of which group of indicators a passage is: a row begins with its level-1 name. */
  function grouped(text) {
    const [level1] = text.split("\n", 1);
    return Object.hasOwn(state.groups, level1) ? { "data-group": state.groups[level1] } : {};
  }

  const isUnit = (field) => state.fields[field][0] === "单位";

  function facts(entry, wanted) {
    const own = entry.kind === "project"
      ? [entry.amount && `${entry.amount} ${entry.amountUnit}`, entry.label, `${entry.year} 年`, entry.code]
      : [KINDS[entry.kind]];
    return [...own, ...otherNames(entry, wanted)]
      .filter(Boolean)
      .map((text) => make("span", {}, ...marked(text, wanted)));
  }

  /** Give the longer or former names of the unit that hold a word which the head does not show. */
  function otherNames(entry, wanted) {
    const head = [entry.title, entry.label, entry.year, entry.code].join("\n");
    const unseen = wanted.filter((word) => !spans(head, [word]).length);
    const names = entry.fields.filter(([field]) => isUnit(field)).flatMap(([, text]) => text.split("\n"));
    return [...new Set(names)].filter((name) => spans(name, unseen).length);
  }

  /** Give the address of a result, at the heading under which its first passage stands. */
  function link(entry, wanted) {
    const [first] = passages(entry, wanted);
    const inHead = wanted.every((word) => entry.fields.some(([field, , folded]) => field < IN_HEAD && folded.includes(word)));
    const anchor = first && !inHead && entry.kind !== "term" ? state.fields[first[0]][1] : "";
    return address(entry.path) + (anchor && `#${anchor}`);
  }

  /** Give what to try when nothing was found. */
  function suggestions({ wanted, parts: present }) {
    const all = address("search/index.html");
    const single = present.map((word) => make("li", {}, "只查", make("a", { href: `${all}?${new URLSearchParams({ q: word })}` }, word)));
    const advice = wanted.length ? ["少写几个字，或只写名称中的两个字", "检查有没有错字；数字照文件的写法，如 80.00、≥90"] : ["可以写项目名称、编码、用途、指标或金额中的任何两个字", "写几个词，用空格隔开：每个词都要有"];
    const browse = make("li", {}, "到", make("a", { href: address("projects/index.html") }, "全部项目"), "按单位、年度和金额挑选");
    return [make("ul", { class: "suggestions" }, ...single, ...advice.map((text) => make("li", {}, text)), browse)];
  }

  return { make, marked, parts, link, suggestions };
})();
