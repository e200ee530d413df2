/**
 * The `count` items with the greatest number, greatest first, in one pass: much cheaper than sorting them all.
 *
 * @param measure the number of an item; items without one (`null`) are left out
 */
export function most<Item>(
  items: readonly Item[],
  count: number,
  measure: (item: Item) => number | null,
): Item[] {
  const found: { readonly item: Item; readonly size: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  items.forEach((item) => {
    const size = measure(item);
    if (size === null || size <= least) return;
    let place = found.length;
    while (place > 0 && (found[place - 1]?.size ?? 0) < size) place -= 1;
    found.splice(place, 0, { item, size });
    if (found.length > count) found.pop();
    if (found.length === count) least = found.at(-1)?.size ?? least;
  });
  return found.map(({ item }) => item);
}

/** What a process uses, as far as it is known. */
interface Usage {
  readonly cpu: number | null;
  readonly stat: { readonly pages: number };
}

/** All of `processes`, or when there are more than `count` those that use most: half of them by CPU, the others by memory. */
export function mostUsing<Process extends Usage>(
  processes: readonly Process[],
  count: number,
): readonly Process[] {
  if (processes.length <= count) return processes;
  const byCpu = processes
    .filter(({ cpu }) => cpu !== null && cpu > 0)
    .sort((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0))
    .slice(0, Math.floor(count / 2));
  const chosen = new Set(byCpu);
  const byMemory = processes
    .filter((process) => !chosen.has(process))
    .sort((a, b) => b.stat.pages - a.stat.pages);
  return [...byCpu, ...byMemory.slice(0, count - byCpu.length)];
}
