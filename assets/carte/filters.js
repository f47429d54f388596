/**
 * The five choices above the map. Dash lays them out; what they say is read from their DOM events and written
 * back through Dash's own `set_props`, so that the address stays the only state.
 */

import { listedIndicator } from "./vocabulary.js";

const IDS = {
  domain: "carte-domaine",
  indicator: "carte-indicateur",
  level: "carte-niveau",
  strata: "carte-taille",
  region: "carte-region",
};

/** The values of the region list that stand for no region in particular, and for several at once. */
const EVERYWHERE = "france";
const JOINED = "+";

function regionValue(regions) {
  return regions.length > 0 ? regions.join(JOINED) : EVERYWHERE;
}

function checkedValues(group) {
  return [...group.querySelectorAll("input:checked")].map((input) => input.value);
}

/** What a changed field asks for, or null when it is none of ours. */
function asked(target, vocabulary) {
  switch (target.id) {
    case IDS.domain:
      return { indicator: vocabulary.indicators.find(({ domain }) => domain === target.value).id };
    case IDS.indicator:
      return { indicator: target.value };
    case IDS.level:
      return { level: target.value };
    case IDS.region:
      return { regions: target.value === EVERYWHERE ? [] : target.value.split(JOINED) };
    default: {
      const group = target.closest(`#${IDS.strata}`);
      return group ? { strata: checkedValues(group) } : null;
    }
  }
}

/** The indicators of a domain, as options. */
function indicatorOptions(vocabulary, domain) {
  return vocabulary.indicators
    .filter((each) => each.domain === domain)
    .map(({ id, label }) => ({ label, value: id }));
}

/** The regions as options; several of them at once when the address says so. */
function regionOptions(vocabulary, regions) {
  const options = [{ label: "Toute la France", value: EVERYWHERE }];
  if (regions.length > 1) options.push({ label: `${regions.length} régions`, value: regionValue(regions) });
  const named = vocabulary.regions.toSorted((a, b) => a.name.localeCompare(b.name, "fr"));
  return options.concat(named.map(({ code, name }) => ({ label: name, value: code })));
}

/** Whether a field offers a value. */
function listed(id, value) {
  return [...document.getElementById(id).options].some((option) => option.value === value);
}

/** Listen to the choices. `choose(changes)` is told what a reader asks for. */
export function createFilters(vocabulary, choose) {
  /** The lists whose change Dash has not heard of. */
  const untold = new Set();

  function onChange(event) {
    const { target } = event;
    const changes = target instanceof Element ? asked(target, vocabulary) : null;
    if (!changes) return;
    // Dash hears of a list when the map is drawn (`settle`): it would draw its fields anew before the data is asked for.
    if (target instanceof HTMLSelectElement) {
      event.stopPropagation();
      untold.add(target.id);
    }
    choose(changes);
  }

  document.addEventListener("change", onChange, { capture: true });

  const tell = (id, props) => window.dash_clientside?.set_props?.(id, props);

  /** Tell Dash what a field is to say, unless it says it already: making its fields anew takes time. */
  function set(id, props) {
    const field = document.getElementById(id);
    const said = field.matches("select") ? field.value : checkedValues(field).join();
    if (said === String(props.value) && !props.options) return;
    tell(id, props);
    // Dash redraws only what it believes has changed: a list it has not heard of is set by hand.
    if (untold.delete(id) && listed(id, props.value)) field.value = props.value;
  }

  return {
    /** Tell Dash what the lists say, once there is nothing more urgent. */
    settle() {
      for (const id of untold) tell(id, { value: document.getElementById(id).value });
      untold.clear();
    },

    /** Make the fields say a selection. */
    reflect({ indicator, level, strata, regions }) {
      if (!document.getElementById(IDS.indicator)) return;
      const { domain } = listedIndicator(vocabulary, indicator);
      set(IDS.domain, { value: domain });
      set(IDS.indicator, {
        value: indicator,
        ...(listed(IDS.indicator, indicator) ? {} : { options: indicatorOptions(vocabulary, domain) }),
      });
      set(IDS.level, { value: level });
      set(IDS.strata, { value: strata });
      set(IDS.region, {
        value: regionValue(regions),
        ...(listed(IDS.region, regionValue(regions)) ? {} : { options: regionOptions(vocabulary, regions) }),
      });
    },
  };
}
