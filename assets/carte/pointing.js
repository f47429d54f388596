/** Pointing at the map with the mouse or a finger: the note follows, a click that nothing else took chooses. */

/**
 * Watch the canvas of a map.
 * @param {HTMLElement} canvas
 * @param {{at: (point: [number, number]) => number, point: (index: number, at: {x: number, y: number}) => void,
 *          choose: (index: number) => void}} on
 * @param {{on: Function}} map
 */
export function watchPointer(map, canvas, on) {
  let asked = 0;
  let last = -1;

  function point(event) {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const index = on.at([event.point.x, event.point.y]);
      canvas.classList.toggle("is-over", index >= 0);
      on.point(index, event.point, index !== last);
      last = index;
    });
  }

  map.on("mousemove", point);
  map.on("mouseout", () => {
    cancelAnimationFrame(asked);
    last = -1;
    on.point(-1, { x: 0, y: 0 }, true);
  });
  map.on("click", (event) => {
    const index = event.defaultPrevented ? -1 : on.at([event.point.x, event.point.y]);
    if (index >= 0) on.choose(index);
  });
}
