/*
 * Shows what is said of a term or a value beside it, instead of at the end of the page, and fills in
 * what only the reader's browser knows: the address, today's date, the head of printed pages.
 * Without this file the same links lead to the same sentences.
 */
(function () {
  "use strict";

  // --- sentences beside their words ---

  var box = document.createElement("div");
  box.className = "aside";
  box.hidden = true;
  var owner = null;
  var timer = 0;

  function sentenceOf(link) {
    var target = document.getElementById(link.hash.slice(1));
    if (!target || !target.hasAttribute("data-aside")) { return ""; }
    var notice = target.querySelector(".notice");
    return (notice || target).textContent.trim();
  }

  function show(link) {
    clearTimeout(timer);
    if (owner === link) { return; }
    var sentence = sentenceOf(link);
    if (!sentence) { return; }
    owner = link;
    box.textContent = sentence;
    box.hidden = false;
    var place = link.getBoundingClientRect();
    var left = Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 8);
    var below = place.bottom + 6;
    var above = place.top - box.offsetHeight - 6;
    var top = below + box.offsetHeight > window.innerHeight && above > 0 ? above : below;
    var origin = (box.offsetParent || document.body).getBoundingClientRect();
    box.style.left = Math.max(8, left) - origin.left + "px";
    box.style.top = top - origin.top + "px";
  }

  function hide() {
    clearTimeout(timer);
    owner = null;
    box.hidden = true;
  }

  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  }

  function linkOf(event) {
    return event.target.closest ? event.target.closest("a.term, a.mark") : null;
  }

  function listen() {
    document.querySelector("main").appendChild(box);
    box.addEventListener("pointerenter", function () { clearTimeout(timer); });
    box.addEventListener("pointerleave", hideSoon);
    document.addEventListener("pointerover", function (event) {
      var link = event.pointerType === "mouse" && linkOf(event);
      if (link) { show(link); }
    });
    document.addEventListener("pointerout", function (event) {
      if (event.pointerType === "mouse" && linkOf(event)) { hideSoon(); }
    });
    document.addEventListener("focusin", function (event) {
      var link = linkOf(event);
      if (link && link.matches(":focus-visible")) { show(link); } else if (owner) { hide(); }
    });
    document.addEventListener("click", function (event) {
      var link = linkOf(event);
      if (!link) {
        if (!box.contains(event.target)) { hide(); }
      } else if (sentenceOf(link) && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        if (event.detail !== 0 || owner !== link) { show(link); } else { hide(); }
      }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { hide(); }
    });
  }

  // --- what only the browser knows ---

  function today() {
    var now = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function fill() {
    document.querySelectorAll("[data-today]").forEach(function (place) { place.textContent = today(); });
    document.querySelectorAll("[data-address]").forEach(function (place) {
      if (!place.textContent && /^http/.test(location.protocol)) {
        place.textContent = location.href.replace(/#.*$/, "").replace(/index\.html$/, "");
      }
    });
    document.querySelectorAll("[data-copy]").forEach(function (text) {
      var words = text.textContent.trim();
      var button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = "复制";
      button.addEventListener("click", function () { copy(words, text, button); });
      text.appendChild(button);
    });
  }

  function copy(words, text, button) {
    function done() {
      button.textContent = "已复制";
      setTimeout(function () { button.textContent = "复制"; }, 2000);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(words).then(done);
      return;
    }
    var range = document.createRange();
    range.setStart(text, 0);
    range.setEndBefore(button);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) { done(); }
  }

  // A report of an error says which value was last pointed at: in the mail, or in the address of a form.
  function report() {
    var link = document.querySelector("[data-report]");
    if (!link) { return; }
    var address = link.href;
    var said = document.querySelector("[data-report-place]");
    said.textContent = "（先点一下有错的值，就会写上它的位置）";
    function point(cell) {
      if (!cell || !cell.dataset.place) { return; }
      said.textContent = "（位置：" + cell.dataset.place + "）";
      if (link.protocol === "mailto:") {
        link.href = address.replace(encodeURIComponent("位置："), encodeURIComponent("位置：" + cell.dataset.place));
        return;
      }
      var filled = new URL(address);
      filled.searchParams.set("place", cell.dataset.place);
      link.href = filled.href;
    }
    document.addEventListener("click", function (event) {
      point(event.target.closest ? event.target.closest("[data-place]") : null);
    });
    function target() { point(document.getElementById(location.hash.slice(1))); }
    window.addEventListener("hashchange", target);
    target();
  }

  // On a phone these tables are set as cards, and then they are no table to some browsers any more;
  // roles keep them one. Rows that a script adds later bring theirs.
  function keepTable() {
    var narrow = window.matchMedia("(max-width: 40rem)");
    var roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    function roleOf(part) {
      return roles[part.tagName] || (part.scope === "col" ? "columnheader" : "rowheader");
    }
    function set() {
      document.querySelectorAll(":is(table, table *):is(.official__table, .official__table *, .cards, .cards *):is(table, thead, tbody, tr, td, th)").forEach(function (part) {
        if (narrow.matches) { part.setAttribute("role", roleOf(part)); } else { part.removeAttribute("role"); }
      });
    }
    narrow.addEventListener("change", set);
    set();
  }

  function runningHead() {
    var head = document.querySelector(".copyhead");
    var edition = document.querySelector(".release__edition");
    function quoted(text) { return JSON.stringify(text.trim().replace(/\s+/g, " ")); }
    if (head) { document.documentElement.style.setProperty("--running-head", quoted(head.textContent)); }
    var foot = (edition ? edition.textContent + " " : "") + "打印于 " + today();
    document.documentElement.style.setProperty("--running-foot", quoted(foot));
  }

  document.addEventListener("DOMContentLoaded", function () {
    listen();
    fill();
    report();
    keepTable();
    runningHead();
  });
})();
