/* The search field of every page: listens, and shows results under itself as a list to walk through,
 * or on the pages made of results (/search/ and the page for what is missing) in their middle.
 */
"use strict";

(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  const input = form.querySelector("input");
  const page = document.querySelector("[data-results]");
  const { catalogue } = disclose;
  const show = page ? disclose.resultsPage(page, form) : disclose.resultsPanel(form);
  let composing = false;
  let waiting = 0;

  function update() {
    waiting = 0;
    if (input.value.trim()) catalogue.loadTexts();
    show(input.value);
  }

  const named = () => { if (input.value.trim() && !composing) update(); };
  input.addEventListener("focus", () => catalogue.load().then(named), { once: true });
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; update(); });
  input.addEventListener("input", () => { if (!composing) update(); });

  // While texts arrive, show them a few times a second: typing goes first. A list that was closed stays closed.
  const shown = () => input.value.trim() && (page || input.getAttribute("aria-expanded") === "true");
  const arrived = () => { waiting = 0; if (shown()) update(); };
  catalogue.listen(() => { if (shown()) waiting ||= setTimeout(arrived, 120); });

  document.addEventListener("keydown", (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    if (!slash && !(control && event.key.toLowerCase() === "k")) return;
    event.preventDefault();
    ready();
  });
  const jump = form.querySelector("[data-jump]");
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    ready();
  });
  new IntersectionObserver(([field]) => { jump.hidden = field.isIntersecting; }).observe(input);

  function ready() {
    input.focus();
    input.select();
  }

  const typing = (element) => element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  if (page) update();
})();
