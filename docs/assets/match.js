/* Finds words in texts. Pure functions: nothing here reads or changes the page.
 *
 * An entry is { fields: [[number of the field, text as published, folded text], …], all }, weightiest
 * field first; `all` is the folded texts joined by line breaks. A word never holds white space, so it
 * cannot reach from one text into the next.
 */
"use strict";
window.disclose ??= {};

disclose.match = (() => {
  /** Give text as it is compared: full width as half width, upper case as lower case. */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");

  /** Give the words of a query, folded, each once. */
  const words = (query) => [...new Set(fold(query).split(/\s+/u).filter(Boolean))];

  /** Give the entries that hold every word, best first; equals stay in their order. */
  function search(entries, wanted) {
    if (!wanted.length) return [];
    return entries
      .filter((entry) => wanted.every((word) => entry.all.includes(word)))
      .map((entry) => ({ entry, rank: rank(entry, wanted) }))
      .sort((a, b) => a.rank - b.rank)
      .map((found) => found.entry);
  }

  /** Weigh an entry that holds every word: the sum of the numbers of the fields where they stand first. */
  function rank(entry, wanted) {
    const place = (word) => entry.fields.find(([, , folded]) => folded.includes(word))[0];
    return wanted.reduce((sum, word) => sum + place(word), 0);
  }

  /* What folds as one: a character with the marks that combine with it. */
  const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

  /** Give where the words stand in a published text, as [from, to) without overlaps. */
  function spans(text, wanted) {
    const from = []; // of every folded character, where its cluster begins and ends in the text
    const to = [];
    let folded = "";
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const piece = fold(cluster);
      for (let n = 0; n < piece.length; n++) {
        from.push(index);
        to.push(index + cluster.length);
      }
      folded += piece;
    }
    const found = [];
    for (const word of wanted) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        found.push([from[at], to[at + word.length - 1]]);
      }
    }
    return merged(found.sort((a, b) => a[0] - b[0]));
  }

  function merged(sorted) {
    const result = [];
    for (const [from, to] of sorted) {
      const last = result.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else result.push([from, to]);
    }
    return result;
  }

  /** Cut a text around its first match. Give [piece, whether it is a match]; line breaks become dots. */
  function pieces(text, wanted, length = Infinity) {
    const marks = spans(text, wanted);
    const first = marks.length ? marks[0][0] : 0;
    const start = whole(text, text.length <= length ? 0 : Math.max(0, first - Math.floor(length / 4)));
    const end = whole(text, Math.min(text.length, start + length));
    const result = start > 0 ? [["…", false]] : [];
    let at = start;
    for (const [from, to] of marks) {
      if (to > end) break;
      result.push([text.slice(at, from), false], [text.slice(from, to), true]);
      at = to;
    }
    result.push([text.slice(at, end), false]);
    if (end < text.length) result.push(["…", false]);
    return result.filter(([piece]) => piece).map(([piece, mark]) => [piece.replaceAll("\n", " · "), mark]);
  }

  /** Move a cut out of the middle of a surrogate pair. */
  const whole = (text, at) => (/[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at - 1 : at);

  return { fold, words, search, spans, pieces };
})();
