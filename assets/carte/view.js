/** What is shown: the figures seen through the selection. Masks, counts per class, peers and their ranks. */

import { classCount, classOf } from "./figures.js";
import { ordinal, number } from "./formats.js";
import { rankIn, sortedKeys } from "./ranks.js";
import { hasOwnSize, levelWords, ofSize } from "./vocabulary.js";

/** The positions of the regions that limit the view. */
function regionIndices(selection, vocabulary) {
  return new Set(selection.regions.map((code) => vocabulary.regions.findIndex((region) => region.code === code)));
}

/** Which territories pass the filters. `places` may be null when nothing filters. */
function insideMask(selection, vocabulary, places, size) {
  const inside = new Uint8Array(size).fill(1);
  const sizes = new Set(selection.strata.map((id) => vocabulary.strata.findIndex((each) => each.id === id)));
  const bySize = sizes.size > 0 && hasOwnSize(selection.level);
  const regions = regionIndices(selection, vocabulary);
  if (!bySize && regions.size === 0) return inside;
  for (let i = 0; i < size; i += 1) {
    if (bySize && !sizes.has(places.stratum[i])) inside[i] = 0;
    if (regions.size > 0 && !regions.has(selection.level === "region" ? i : places.region[i])) inside[i] = 0;
  }
  return inside;
}

/** Whether the territories must be known before the map can be coloured. */
export function needsPlaces(selection) {
  const bySize = selection.strata.length > 0 && hasOwnSize(selection.level);
  return bySize || (selection.regions.length > 0 && selection.level !== "region");
}

/**
 * Look at figures through a selection.
 * @param {import("./address.js").Selection} selection
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @param {import("./figures.js").Figures} figures
 * @param {?object} places  columns of /api/v1/territories/<level>, or null while they are on their way
 */
export function lookAt(selection, vocabulary, figures, places) {
  const size = figures.values.length;
  const inside = insideMask(selection, vocabulary, places, size);
  const classes = new Int8Array(size);
  const classSizes = new Array(classCount(figures)).fill(0);
  const statusSizes = new Array(vocabulary.statuses.length).fill(0);
  const isClassed = Uint8Array.from(vocabulary.statuses, ({ id }) => Number(figures.classed.includes(id)));
  const pinned = places ? selection.pins.map((code) => places.indexOf(code)).filter((index) => index >= 0) : [];
  let shown = 0;
  for (let i = 0; i < size; i += 1) {
    classes[i] = classOf(figures.values[i], figures.bounds);
    if (inside[i] === 0) continue;
    shown += 1;
    const status = figures.status[i];
    statusSizes[status] += 1;
    if (classes[i] >= 0 && isClassed[status] === 1) classSizes[classes[i]] += 1;
  }
  const compared = (index) => vocabulary.statuses[figures.status[index]].compared;
  const isRanked = (index) => compared(index) && !Number.isNaN(figures.values[index]);
  // Régions are always ranked among all of them: a filter on regions does not make another France.
  const regional = selection.regions.length > 0 && selection.level !== "region";
  const kept = regionIndices(selection, vocabulary);
  const inPeers = (index) => !regional || kept.has(places.region[index]);
  const keysBySize = new Map();
  let listKeys = null;

  /** Sorted keys of the compared territories of a size (−1: all sizes), within the regions shown. */
  function keysOf(stratum) {
    if (!keysBySize.has(stratum)) {
      const ofSize = (i) => stratum < 0 || places.stratum[i] === stratum;
      keysBySize.set(stratum, sortedKeys(figures, (i) => compared(i) && ofSize(i) && inPeers(i)));
    }
    return keysBySize.get(stratum);
  }

  /** "12e sur 41 communes de 2 000 à 20 000 habitants", or "" where the territory is not ranked. */
  function rankSentence(index) {
    if (!places || !isRanked(index) || !inPeers(index)) return "";
    const words = levelWords(vocabulary, selection.level);
    const stratum = hasOwnSize(selection.level) ? places.stratum[index] : -1;
    const keys = keysOf(stratum);
    const rank = ordinal(rankIn(keys, figures.values[index], figures.direction), words.feminine);
    const peers = stratum >= 0 ? ` ${ofSize(vocabulary.strata[stratum].label)}` : "";
    const where = regional ? `, ${regionNames(selection, vocabulary)}` : "";
    return `${rank} sur ${number(keys.length)} ${keys.length < 2 ? words.singular : words.plural}${peers}${where}`;
  }

  /** The rank among all territories of the list, or 0. */
  function rankInList(index) {
    if (!isRanked(index)) return 0;
    listKeys ??= sortedKeys(figures, (i) => compared(i) && (selection.level === "region" || inside[i] === 1));
    return rankIn(listKeys, figures.values[index], figures.direction);
  }

  /** How far a value is from the reference, rounded as displayed; NaN where either is missing. */
  function gap(index) {
    const scale = 10 ** figures.decimals;
    return Math.round((figures.values[index] - (figures.reference?.value ?? NaN)) * scale) / scale;
  }

  return {
    selection,
    vocabulary,
    figures,
    places,
    pinned,
    inside,
    classes,
    classSizes,
    statusSizes,
    ground: groundOf(selection.level, vocabulary.statuses, statusSizes, shown),
    shown,
    compared,
    rankSentence,
    rankInList,
    gap,
  };
}

/** Communes that are fewer than one in so many are scattered: from afar, no pattern can be read on them. */
const FEW = 30;

/** Whether some territories of a level are too few, among those shown, for their pattern to be read from afar. */
export function isScattered(level, count, shown) {
  return level === "commune" && count * FEW < shown;
}

/** The missing status of most territories, whose pattern lies under all of them; 0 for none, or where it is scattered. */
function groundOf(level, statuses, sizes, shown) {
  const missing = statuses.flatMap((status, code) => (status.missing ? [code] : []));
  const most = missing.reduce((best, code) => (sizes[code] > sizes[best] ? code : best));
  return isScattered(level, sizes[most], shown) || sizes[most] === 0 ? 0 : most;
}

/** The names of the regions that limit the view. */
export function regionNames(selection, vocabulary) {
  return selection.regions.map((code) => vocabulary.regions.find((r) => r.code === code).name).join(", ");
}

/** Codes of the statuses that are present in the view, apart from "publié". */
export function presentStatuses(view) {
  return view.statusSizes.flatMap((count, code) => (code > 0 && count > 0 ? [code] : []));
}

