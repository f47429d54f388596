/** Ranks: 1 is the most fragile, equal values share the best rank (as analysis/ranks.py). */

/** A number that sorts the most fragile first. A context indicator is sorted from the highest. */
function key(value, direction) {
  return direction === -1 ? value : -value;
}

/**
 * The sorted keys of the territories compared, for `rankIn`.
 * @param {import("./figures.js").Figures} figures
 * @param {(index: number) => boolean} among
 */
export function sortedKeys({ values, direction }, among) {
  const keys = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === values[i] && among(i)) keys[count++] = key(values[i], direction);
  }
  return keys.subarray(0, count).sort();
}

/** The rank of a value among sorted keys. */
export function rankIn(keys, value, direction) {
  const wanted = key(value, direction);
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
