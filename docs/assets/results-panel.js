/* The list under the search field: a combobox whose options are links. Arrow keys move, Enter opens
 * the option or, with none chosen, all results; Escape closes.
 */
"use strict";
window.disclose ??= {};

/** Make the list of a search form; give the function that shows the answer to a query. */
disclose.resultsPanel = (form) => {
  const MOST = 8;
  const { find, reading, status } = disclose.find;
  const { make, parts, link } = disclose.results;
  const { state } = disclose.catalogue;
  const input = form.querySelector("input");
  const [panel, list, hint, line, progress] = ["panel", "list", "hint", "status", "progress"].map((name) => form.querySelector(`[data-${name}]`));
  let active = null;

  function show(query) {
    const answer = find(query);
    open(answer.wanted.length > 0);
    const chosen = active?.href;
    const options = answer.entries.slice(0, MOST).map((entry) => option(entry, answer.wanted));
    if (answer.entries.length > MOST) options.push(all(query, answer.entries.length));
    list.replaceChildren(...options);
    options.forEach((one, at) => { one.id = `find-option-${at}`; });
    choose(options.find((one) => one.href === chosen) ?? null);
    hint.replaceChildren(...(answer.entries.length || reading() ? [] : disclose.results.suggestions(answer)));
    line.textContent = status(answer);
    progress.hidden = !reading();
    progress.max = state.parts || 1;
    progress.value = state.read;
  }

  const option = (entry, wanted) => make(
    "a",
    { role: "option", class: "hit", href: link(entry, wanted), tabindex: "-1", "aria-selected": "false" },
    ...parts(entry, wanted, { head: make("span", { class: "hit__title" }), most: 2, length: 44 }),
  );

  const all = (query, count) => make(
    "a",
    { role: "option", class: "hit hit--all", href: `${form.action}?${new URLSearchParams({ q: query })}`, tabindex: "-1", "aria-selected": "false" },
    `看全部 ${count} 个结果`,
  );

  function open(yes) {
    panel.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(null);
  }

  function choose(one) {
    active?.setAttribute("aria-selected", "false");
    active = one;
    if (!one) return input.removeAttribute("aria-activedescendant");
    one.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const options = [...list.children];
    const at = options.indexOf(active);
    const next = at < 0 && by < 0 ? options.length - 1 : at + by;
    choose(options[next] ?? null);
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const keys = {
      ArrowDown: () => (panel.hidden ? show(input.value) : step(1)),
      ArrowUp: () => step(-1),
      Enter: () => active && active.click(),
      Escape: () => !panel.hidden && open(false),
    };
    const handled = keys[event.key];
    if (!handled || (event.key === "Enter" && !active) || (event.key === "Escape" && panel.hidden)) return;
    event.preventDefault();
    handled();
  });

  input.addEventListener("focus", () => { if (input.value.trim()) show(input.value); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus

  return show;
};
