/* Writes tables as CSV, by the rules of the site's own files (generator/exports/csv_format.py): UTF-8
 * with BOM for Excel, RFC 4180, an apostrophe before a text that a spreadsheet would compute.
 */
"use strict";
window.disclose ??= {};

disclose.csv = (() => {
  // A lone = is the sign of a target and computes nothing.
  const COMPUTED = /^(?!=$)[=+\-@\t\r\n'＝＋－＠]/u;
  const guarded = (value) => (typeof value === "string" && COMPUTED.test(value) ? `'${value}` : String(value ?? ""));
  const quoted = (text) => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  /** Give rows of texts, numbers and nulls as the text of a file. */
  const write = (rows) => `\uFEFF${rows.map((row) => `${row.map((value) => quoted(guarded(value))).join(",")}\r\n`).join("")}`;

  /** Offer a text to the reader as a file. */
  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // by then the file is written
  }

  return { write, download };
})();
