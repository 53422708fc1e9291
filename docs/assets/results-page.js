/* All results in the middle of a page, with the query in the address so that it can be shared. The page
 * for what is missing looks for the last words of the address that was asked for.
 */
"use strict";
window.disclose ??= {};

/** Fill `page` with the results of a search form; give the function that shows the answer to a query. */
disclose.resultsPage = (page, form) => {
  const BATCH = 30;
  const { find, reading, status } = disclose.find;
  const { make, parts, link, suggestions } = disclose.results;
  const { state } = disclose.catalogue;
  const input = form.querySelector("input");
  const progress = make("progress", { class: "find__progress", "aria-label": "正在查正文" });
  const line = make("p", { role: "status", class: "results__status" });
  const list = make("ol", { class: "results" });
  const more = make("button", { type: "button", class: "md-button results__more" }, "再显示一些");
  const hint = make("div", { class: "results__hint" });
  let most = BATCH;
  let last = "";

  page.append(progress, line, list, more, hint);
  more.addEventListener("click", () => {
    const next = most;
    most += BATCH;
    show(input.value);
    list.children[next]?.querySelector("a").focus();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(input.value); });

  function show(query) {
    if (query !== last) most = BATCH;
    last = query;
    const answer = find(query);
    const { entries, wanted } = answer;
    list.replaceChildren(...entries.slice(0, most).map((entry) => item(entry, wanted)));
    more.hidden = entries.length <= most;
    hint.replaceChildren(...(entries.length || (wanted.length && reading()) ? [] : suggestions(answer)));
    line.textContent = status(answer);
    progress.hidden = !wanted.length || !reading();
    progress.max = state.parts || 1;
    progress.value = state.read;
    if (page.dataset.results === "search") remember(query);
  }

  function item(entry, wanted) {
    const head = make("a", { class: "hit__title", href: link(entry, wanted) });
    return make("li", { class: "hit" }, ...parts(entry, wanted, { head, most: 5, length: 120 }));
  }

  function remember(query) {
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers forbid it for pages opened from a disk; only the shared address is lost
    }
  }

  /** Give the last part of the address that says something: a project's code, or a word. */
  function missing() {
    const last = location.pathname.split("/").filter((part) => part && !/^index\.html?$/u.test(part)).at(-1) ?? "";
    try {
      return decodeURIComponent(last).replace(/\.html?$/u, "");
    } catch {
      return ""; // not text
    }
  }

  input.value ||= page.dataset.results === "search" ? new URLSearchParams(location.search).get("q") ?? "" : missing();
  if (page.dataset.results === "search" && !input.value) input.focus();
  return show;
};
