/** Order statistics and rank correlation. Arrays hold no NaN: the caller keeps the territories that are compared. */

/** Which territories are shown and have a value of one of some statuses: 1 or 0 for each. */
function maskOf({ figures: { values, status }, inside }, isKept) {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i += 1) {
    mask[i] = inside[i] && values[i] === values[i] && isKept[status[i]] ? 1 : 0;
  }
  return mask;
}

/** Which territories of a view are shown and compared with one another: 1 or 0 for each. @returns {Uint8Array} */
export function comparedMask(view) {
  return maskOf(view, view.vocabulary.statuses.map(({ compared }) => compared));
}

/** Which territories of a view are shown and counted in the classes of its legend. @returns {Uint8Array} */
export function classedMask(view) {
  return maskOf(view, view.vocabulary.statuses.map(({ id }) => view.figures.classed.includes(id)));
}

/** The values of some territories of a view, in order. @returns {Float64Array} */
export function sortedValues(view, mask = classedMask(view)) {
  return view.figures.values.filter((_, i) => mask[i]).sort();
}

/** The same values in groups: `groupOf[i]` is the group of a territory, from 0. @returns {Float64Array[]} */
export function groupedValues(view, groupOf, count, mask = classedMask(view)) {
  const { values } = view.figures;
  const groups = Array.from({ length: count }, () => []);
  for (let i = 0; i < mask.length; i += 1) if (mask[i]) groups[groupOf[i]].push(values[i]);
  return groups.map((list) => Float64Array.from(list).sort());
}

/** A quantile by linear interpolation between sorted values; NaN without values. */
export function quantile(sorted, part) {
  if (sorted.length === 0) return NaN;
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** What a row of a table says of sorted values. */
export function spread(sorted) {
  const at = (part) => quantile(sorted, part);
  return { n: sorted.length, d1: at(0.1), q1: at(0.25), median: at(0.5), q3: at(0.75), d9: at(0.9) };
}

/** How many sorted values are at most `value`. */
export function countUpTo(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many sorted values are under `value`. */
export function countUnder(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rank of each value, from 1; equal values share the mean of their ranks. @returns {Float64Array} */
export function averageRanks(values) {
  const sorted = values.slice().sort();
  const rankOf = new Map();
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    rankOf.set(sorted[from], (from + 1 + to) / 2);
    from = to;
  }
  return values.map((value) => rankOf.get(value));
}

/**
 * Spearman's rank correlation, ties included: Pearson's correlation of the mean ranks.
 * NaN without two pairs, or when one of the two does not vary.
 * @param {Float64Array} a @param {Float64Array} b  as made by averageRanks
 */
export function spearman(a, b) {
  const [meanA, meanB] = [(a.length + 1) / 2, (b.length + 1) / 2];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [da, db] = [a[i] - meanA, b[i] - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
}
