import type { HostStatus } from '@hostdeck/contracts';
import { parseStatus } from '../status/status';

/** How the hosts are laid out. */
export const LAYOUTS = ['cards', 'table', 'wall'] as const;
export type FleetLayout = (typeof LAYOUTS)[number];

/** What the hosts can be sorted by. `state` is the worst first. */
export const SORT_KEYS = [
  'state',
  'name',
  'cpu',
  'memory',
  'disk',
  'receive',
  'transmit',
  'load',
  'uptime',
  'age',
  'clock',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Values that can colour the wall. */
export const WALL_METRICS = ['cpu', 'memory', 'disk', 'receive', 'transmit', 'load'] as const;
export type WallMetric = (typeof WALL_METRICS)[number];

/** What of the fleet is shown, and how: everything that stands in the address. */
export interface FleetQuery {
  readonly search: string;
  readonly status: HostStatus | null;
  /** A host shown has all of these. */
  readonly tags: readonly string[];
  readonly sort: SortKey;
  readonly descending: boolean;
  /** `null`: not grouped; {@link EVERY_TAG}; else the part of tags before the colon, as `site` of `site:oslo`. */
  readonly group: string | null;
  readonly layout: FleetLayout;
  readonly wall: WallMetric;
}

/** Names of the query parameters. */
export interface FleetParameters {
  readonly q?: string | undefined;
  readonly status?: string | undefined;
  readonly tag?: string | undefined;
  readonly sort?: string | undefined;
  readonly order?: string | undefined;
  readonly group?: string | undefined;
  readonly view?: string | undefined;
  readonly metric?: string | undefined;
}

/** Groups by every tag there is; a host stands in the group of each of its tags. */
export const EVERY_TAG = '*';

const TAG_SEPARATOR = ',';

/** Reads the address; whatever it does not understand is as if it were not there. */
export function parseFleetQuery(parameters: FleetParameters): FleetQuery {
  const sort = oneOf(SORT_KEYS, parameters.sort) ?? 'state';
  const { order, group } = parameters;
  return {
    search: parameters.q ?? '',
    status: parseStatus(parameters.status),
    tags: [...new Set((parameters.tag ?? '').split(TAG_SEPARATOR).filter(Boolean))],
    sort,
    descending: order === 'desc' || (order !== 'asc' && isDescendingFirst(sort)),
    group: group === undefined || group === '' ? null : group,
    layout: oneOf(LAYOUTS, parameters.view) ?? 'cards',
    wall: oneOf(WALL_METRICS, parameters.metric) ?? 'cpu',
  };
}

/** The parameters of a change, `null` for those that leave the address because they say what goes without saying. */
export function toParameters(
  change: Partial<FleetQuery>,
  now: FleetQuery,
): Readonly<Record<string, string | null>> {
  const { search, status, tags, sort, descending, group, layout, wall } = { ...now, ...change };
  return {
    q: search || null,
    status,
    tag: tags.join(TAG_SEPARATOR) || null,
    sort: sort === 'state' ? null : sort,
    order: descending === isDescendingFirst(sort) ? null : descending ? 'desc' : 'asc',
    group,
    view: layout === 'cards' ? null : layout,
    metric: wall === 'cpu' ? null : wall,
  };
}

/** Whether the order that a press on a sort key gives first is from large to small. */
export function isDescendingFirst(sort: SortKey): boolean {
  return sort !== 'name';
}

function oneOf<Known extends string>(
  known: readonly Known[],
  text: string | undefined,
): Known | null {
  return known.find((one) => one === text) ?? null;
}
