/* The reader's choices: large text, amounts in 元 too, light or dark. Loaded in the head, so that no page flashes. */
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  root.classList.replace("no-js", "js");

  function stored(name) {
    try { return localStorage.getItem("disclose." + name); } catch (_) { return null; }
  }

  function store(name, value) {
    try { localStorage.setItem("disclose." + name, value); } catch (_) { /* a private window */ }
  }

  function chosen(name) {
    var value = root.getAttribute("data-" + name);
    return value || (name === "scheme" && dark.matches ? "dark" : "");
  }

  function apply(name, value) {
    if (value) { root.setAttribute("data-" + name, value); } else { root.removeAttribute("data-" + name); }
  }

  ["text", "money", "scheme"].forEach(function (name) {
    var value = stored(name);
    if (["large", "normal", "yuan", "dark", "light"].indexOf(value) >= 0) { apply(name, value); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var buttons = Array.prototype.slice.call(document.querySelectorAll("[data-setting]"));
    function show() {
      buttons.forEach(function (button) {
        var on = chosen(button.dataset.setting) === button.dataset.value;
        button.setAttribute("aria-pressed", String(on));
      });
    }
    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        var name = button.dataset.setting;
        var off = name === "scheme" ? "light" : "normal";
        var value = chosen(name) === button.dataset.value ? off : button.dataset.value;
        apply(name, value);
        store(name, value);
        show();
      });
    });
    dark.addEventListener("change", show);
    show();
    document.querySelectorAll("[data-settings]").forEach(function (group) { group.hidden = false; });
  });
})();
