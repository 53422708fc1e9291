/* Holds what can be found, and loads it when it is first asked for: all names and codes in one script,
 * then the texts of each disclosure in a script of its own. Scripts, because a page that was opened
 * from a disk may load nothing else. They are made by generator/render/search.py.
 */
"use strict";
window.disclose ??= {};

disclose.catalogue = (() => {
  const LANES = 6; // scripts under way at once
  const root = new URL("../", document.currentScript.src);
  const { fold } = disclose.match;
  const [NAME, CODE, UNIT] = [0, 1, 2];

  const state = { entries: [], projects: [], fields: [], groups: {}, rules: [], disclosures: [], parts: 0, read: 0, missing: 0, whole: false };
  const byKey = new Map();
  const listeners = [];
  let named;
  let begun;

  /** Give the address of a page of this site. */
  const address = (path) => new URL(path, root).href;

  /** Load the names, once; the promise is kept when the file cannot be read, too. */
  const load = () => (named ??= run("search/catalogue.js").then(tell));

  /** Load the texts after the names, once; listeners hear of each part. */
  function loadTexts() {
    return (begun ??= load().then(drawn).then(() => {
      const waiting = state.disclosures.map((disclosure) => disclosure.texts);
      const lane = async () => {
        for (let path = waiting.shift(); path; path = waiting.shift()) {
          if (await run(path)) state.read++;
          tell();
        }
      };
      return Promise.all(Array.from({ length: LANES }, lane)).then(() => { state.whole = true; tell(); });
    }));
  }

  /** Let the results among the names be drawn before the texts take the browser's time. */
  const drawn = () => new Promise((done) => { setTimeout(done, 50); });

  /** Run a script of data; the promise says whether it could be read. */
  function run(path) {
    return new Promise((done) => {
      const script = document.createElement("script");
      script.src = address(path);
      script.onload = () => done(true);
      script.onerror = () => { state.missing++; done(false); };
      document.head.append(script);
    });
  }

  const tell = () => listeners.forEach((listener) => listener());

  /** Called by search/catalogue.js. */
  function names(data) {
    state.fields = data.fields;
    state.groups = data.groups;
    state.rules = data.rules;
    state.disclosures = data.disclosures;
    state.parts = data.disclosures.length;
    data.disclosures.forEach(addDisclosure);
    data.terms.forEach(([term, explanation], at) => {
      const path = `glossary/index.html#term-${at + 1}`;
      const last = data.fields.length - 1; // terms come after what was published
      add(path, { kind: "term", path, title: term }, [field(last, term), field(last, explanation)]);
    });
  }

  function addDisclosure(disclosure) {
    const { unit, year, label, names: unitNames } = disclosure;
    const key = `${unit}/${year}/`;
    const path = `units/${key}index.html`;
    const shared = { unit, year, label, amountUnit: disclosure.amount_unit };
    const ofUnit = field(UNIT, unitNames);
    add(key, { ...shared, kind: "disclosure", path, title: disclosure.title }, [field(NAME, disclosure.title), ofUnit]);
    for (const [id, code, title, amount, fen, indicators, doubts] of disclosure.projects) {
      const own = { id, code, title, amount, fen, indicators, doubts };
      const project = { ...shared, ...own, kind: "project", path: `units/${key}${id}/index.html` };
      state.projects.push(add(key + id, project, [field(NAME, title), field(CODE, code), ofUnit]));
    }
  }

  /** Make a field of an entry as match.js reads it. */
  const field = (number, text) => [number, text, fold(text)];

  function add(key, entry, fields) {
    entry.fields = fields;
    entry.all = joined(fields);
    state.entries.push(entry);
    byKey.set(key, entry);
    return entry;
  }

  const joined = (fields) => fields.map(([, , folded]) => folded).join("\n");

  /** Called by search/texts/<unit>/<year>.js. */
  function texts(disclosure, byId) {
    for (const [id, some] of Object.entries(byId)) {
      const entry = byKey.get(`${disclosure}/${id}`);
      if (!entry) continue; // a project that the names, read at another time, do not have
      entry.fields = [...entry.fields, ...some.map(([number, text]) => field(number, text))].sort((a, b) => a[0] - b[0]);
      entry.all = joined(entry.fields);
    }
  }

  return { state, address, load, loadTexts, names, texts, listen: (listener) => listeners.push(listener) };
})();
