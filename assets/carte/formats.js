/** French numbers, as model/formats.py writes them (U+202F between thousands, U+2212 for minus). */

const NARROW = "\u202f";
const NO_BREAK = "\u00a0";
const MINUS = "\u2212";
const ABSENT = "–";

/**
 * The digits of a number, rounded as Python does: from its exact value, and to the even digit when it lies
 * exactly between two.
 */
function digits(value, decimals) {
  const isTie = (value * 2 ** (decimals + 1)) % 2 === 1;
  if (!isTie) return value.toFixed(decimals);
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false };
  return value.toLocaleString("en-US", { ...options, roundingMode: "halfEven" });
}

/** Write a number: number(1234.5, 1) is "1 234,5"; NaN is "–". @param {number} value */
export function number(value, decimals = 0) {
  if (!Number.isFinite(value)) return ABSENT;
  const [whole, part] = digits(Math.abs(value), decimals).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, NARROW);
  const text = part === undefined ? grouped : `${grouped},${part}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** Write a number with its sign, as for a change: "+1,2", "−0,4", "0,0". */
export function signed(value, decimals = 0) {
  const text = number(value, decimals);
  return text === ABSENT || text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** Write a bare value of an indicator: without its unit, "oui" or "non" for a flag. */
export function bare(value, figures) {
  if (!Number.isFinite(value)) return ABSENT;
  if (figures.unit === "oui/non") return value >= 0.5 ? "oui" : "non";
  return figures.nature === "change" ? signed(value, figures.decimals) : number(value, figures.decimals);
}

/** Write a value of an indicator with its unit. */
export function withUnit(value, figures) {
  const text = bare(value, figures);
  const { unit } = figures;
  if (text === ABSENT || !unit || unit === "indice" || unit === "oui/non") return text;
  return `${text}${unit.startsWith("%") ? NARROW : NO_BREAK}${unit}`;
}

/** Write a rank: "1re" or "1er", then "2e", "3e"… */
export function ordinal(rank, feminine) {
  return rank === 1 ? (feminine ? "1re" : "1er") : `${number(rank)}e`;
}

/** Write a count and its noun; French puts 0 and 1 in the singular. */
export function plural(count, singular, pluralForm = `${singular}s`) {
  return `${number(count)}${NO_BREAK}${Math.abs(count) < 2 ? singular : pluralForm}`;
}

/** Write a number of inhabitants. */
export function population(inhabitants) {
  return plural(inhabitants, "habitant");
}

/** Tie what is never cut at the end of a line: the digits of "10 000", and a colon or a quote to its word. */
export function tie(text) {
  return text
    .replaceAll(/(\d) (?=\d{3}(?!\d))/g, `$1${NARROW}`)
    .replaceAll(/ (?=[:»])/g, NO_BREAK)
    .replaceAll(/ (?=[;?!])/g, NARROW)
    .replaceAll("« ", `«${NO_BREAK}`);
}

/** Keep the two years of a period on one line of a title. */
export function unbroken(text) {
  return text.replaceAll(/(\d)-(\d)/g, "$1\u2060-\u2060$2");
}

/** Lower case without accents or punctuation, to compare names as people type them. */
export function normalise(text) {
  return text
    .replaceAll(/[œŒ]/g, "oe")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}
