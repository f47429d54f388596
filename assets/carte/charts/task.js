/** Work in tasks of its own, so that nothing the reader does waits; each leaves a measure for benchmarks and tests. */

/** Run `work` in a new task, unless it is no longer wanted; returns what it returns. */
export async function inTask(name, isLast, work) {
  await new Promise((resolve) => setTimeout(resolve));
  if (!isLast()) return undefined;
  const start = performance.now();
  const made = work();
  performance.measure(`territoires:${name}`, { start });
  return made;
}
