import type { List } from '@hostdeck/contracts';

/**
 * One page of a list.
 *
 * @param rows up to one more than `limit`: the extra one tells that there is a next page
 * @param cursorOf what the next page starts after
 */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): List<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
}
