/* Other ways to write a word that stands nowhere: a figure with other decimals or in another unit, and
 * names for the first letters of their pinyin. Pure functions.
 *
 * The browser's own order of Chinese by pinyin gives the letters, so no table is carried; of a character
 * with several sounds it knows one. Traditional characters are not tried: no browser turns them into
 * simplified ones, and the table for it would weigh more than the names of a large site.
 */
"use strict";
window.disclose ??= {};

disclose.alike = (() => {
  const MOST = 5; // pieces of names that are tried for one word
  const LETTERS = "abcdefghjklmnopqrstwxyz";
  const FIRST = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀"]; // where each letter begins in that order
  const pinyin = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
  const known = new Map();

  /** Give other spellings of an amount or percentage: 1000% as 1000.00%, 800,000元 as 80.00万元. */
  function figures(word) {
    const [, digits, unit] = /^(\d[\d,]*(?:\.\d+)?)(%|万元|元)?$/u.exec(word) ?? [];
    if (!digits) return [];
    const number = Number(digits.replaceAll(",", ""));
    const decimals = (value, sign) => [2, 1, 0, 4].map((count) => value.toFixed(count) + sign);
    if (unit === "元") return [...decimals(number / 10000, "万元"), ...decimals(number, "元")];
    if (unit) return decimals(number, unit);
    return [...decimals(number, ""), ...decimals(number / 10000, "万元")];
  }

  /** Give the pieces of names whose characters begin with these letters: dlxj is 道路修建. */
  function spoken(letters, names) {
    const pieces = new Set();
    if (!/^[a-z]{2,}$/u.test(letters)) return [];
    for (const name of names) {
      const at = initials(name).indexOf(letters);
      if (at >= 0) pieces.add(name.slice(at, at + letters.length));
      if (pieces.size === MOST) break;
    }
    return [...pieces];
  }

  /** Give the first letter of each character; what is not Chinese stays. */
  const initials = (name) => Array.from({ length: name.length }, (_, at) => initial(name.charAt(at))).join("");

  function initial(character) {
    if (!/\p{Script=Han}/u.test(character)) return character;
    if (!known.has(character)) {
      const after = FIRST.findIndex((first) => pinyin.compare(first, character) > 0);
      known.set(character, LETTERS.at(after < 0 ? -1 : Math.max(0, after - 1)));
    }
    return known.get(character);
  }

  return { figures, spoken };
})();
