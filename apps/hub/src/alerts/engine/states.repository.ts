import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Database } from '../../database/database';
import type { AlertStatesTable } from '../../database/alert-tables';
import type { Tables } from '../../database/tables';
import type { Tracker } from './tracker';

/** Rows written per statement. */
const STATEMENT_ROWS = 200;

/** Trackers whose state is to be kept, and those that are over. */
export interface StateChanges {
  readonly kept: readonly Tracker[];
  readonly over: readonly Tracker[];
}

@Injectable()
export class StatesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(): Promise<AlertStatesTable[]> {
    return this.database.read.selectFrom('alert_states').selectAll().execute();
  }

  async save({ kept, over }: StateChanges, to: Kysely<Tables>): Promise<void> {
    for (const { hostId, rule, series } of over) {
      await to
        .deleteFrom('alert_states')
        .where('host', '=', hostId)
        .where('rule', '=', rule.id)
        .where('series', '=', series)
        .execute();
    }
    for (let first = 0; first < kept.length; first += STATEMENT_ROWS) {
      await to
        .insertInto('alert_states')
        .values(kept.slice(first, first + STATEMENT_ROWS).map(toRow))
        .onConflict((conflict) =>
          conflict.columns(['host', 'rule', 'series']).doUpdateSet((excluded) => ({
            phase: excluded.ref('excluded.phase'),
            since: excluded.ref('excluded.since'),
            clear_since: excluded.ref('excluded.clear_since'),
            value: excluded.ref('excluded.value'),
            alert: excluded.ref('excluded.alert'),
          })),
        )
        .execute();
    }
  }
}

function toRow({ hostId, rule, series, machine, alertId }: Tracker): AlertStatesTable {
  return {
    host: hostId,
    rule: rule.id,
    series,
    phase: machine.phase,
    since: machine.since,
    clear_since: machine.clearSince,
    value: machine.value,
    alert: alertId,
  };
}
