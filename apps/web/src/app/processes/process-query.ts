import type { ProcessState } from '@hostdeck/contracts';
import { COLUMN_KEYS, COLUMNS } from './process-columns';
import {
  type ProcessFilter,
  type ProcessOrder,
  STATE_ORDER,
  type TableColumn,
} from './process-order';

/** What the address says of the table. */
export interface ProcessQuery {
  readonly filter: ProcessFilter;
  readonly order: ProcessOrder;
  readonly tree: boolean;
}

/** The busiest first, where the address says nothing. */
export const USUAL_ORDER: ProcessOrder = { column: 'cpu', descending: true };

/** Query parameters, absent ones `null`. */
export interface ProcessParameters {
  readonly find: string | null;
  readonly user: string | null;
  readonly state: string | null;
  /** A column, with a minus in front of it where the greatest come first. */
  readonly sort: string | null;
  readonly tree: string | null;
}

/** Reads the address; what it does not know is as usual. */
export function readQuery({ find, user, state, sort, tree }: ProcessParameters): ProcessQuery {
  return {
    filter: { text: find ?? '', user, state: isState(state) ? state : null },
    order: readOrder(sort ?? ''),
    tree: tree === '1',
  };
}

/** The address of a table; what is usual does not stand in it. */
export function writeQuery({ filter, order, tree }: ProcessQuery): ProcessParameters {
  const usual = order.column === USUAL_ORDER.column && order.descending === USUAL_ORDER.descending;
  return {
    find: filter.text === '' ? null : filter.text,
    user: filter.user,
    state: filter.state,
    sort: usual ? null : `${order.descending ? '-' : ''}${order.column}`,
    tree: tree ? '1' : null,
  };
}

/** The order after a press on the head of a column: the other way round, or at first as that column is mostly wanted. */
export function orderAfter(
  { column, descending }: ProcessOrder,
  pressed: TableColumn,
): ProcessOrder {
  if (pressed === column) return { column, descending: !descending };
  const spec = COLUMNS.find(({ key }) => key === pressed);
  return { column: pressed, descending: spec?.greatestFirst ?? false };
}

function readOrder(sort: string): ProcessOrder {
  const name = sort.replace(/^-/, '');
  const column = COLUMN_KEYS.find((key) => key === name);
  return column === undefined ? USUAL_ORDER : { column, descending: sort.startsWith('-') };
}

function isState(state: string | null): state is ProcessState {
  return state !== null && Object.hasOwn(STATE_ORDER, state);
}
