import { AlertOverrideSchema, NewAlertRuleSchema, type AlertOverride } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { AlertRulesTable } from '../../database/alert-tables';
import { Database } from '../../database/database';
import type { StoredRule } from './effective-rule';

/** Where an override stands. */
interface Place {
  readonly scope: 'host' | 'tag';
  readonly target: string;
}

/** The place of a target. */
export function placeOf(target: AlertOverride['target']): Place {
  return 'host' in target
    ? { scope: 'host', target: target.host }
    : { scope: 'tag', target: target.tag };
}

@Injectable()
export class RulesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every rule, in the order they were made. */
  async all(): Promise<StoredRule[]> {
    const rules = await this.database.read
      .selectFrom('alert_rules')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const overrides = await this.database.read.selectFrom('alert_overrides').selectAll().execute();
    const byRule = new Map<string, AlertOverride[]>();
    for (const { rule, definition } of overrides) {
      const own = byRule.get(rule) ?? [];
      own.push(AlertOverrideSchema.parse(JSON.parse(definition)));
      byRule.set(rule, own);
    }
    return rules.map((row) => toStored(row, byRule.get(row.id) ?? []));
  }

  /** Makes rules that come with Hostdeck, unless that was done before. @returns whether they were made now */
  async seed(
    rules: readonly StoredRule[],
    settings: { group_prefix: string; group_wait: number },
  ): Promise<boolean> {
    return this.database.write.transaction().execute(async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('alert_settings')
        .values({ id: 1, ...settings })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
      await transaction.insertInto('alert_rules').values(rules.map(toRow)).execute();
      return true;
    });
  }

  async save(rule: StoredRule): Promise<void> {
    const { id, ...row } = toRow(rule);
    await this.database.write
      .insertInto('alert_rules')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async remove(id: string): Promise<void> {
    await this.database.write.deleteFrom('alert_rules').where('id', '=', id).execute();
  }

  async saveOverride(rule: string, override: AlertOverride): Promise<void> {
    const definition = JSON.stringify(override);
    await this.database.write
      .insertInto('alert_overrides')
      .values({ rule, ...placeOf(override.target), definition })
      .onConflict((conflict) =>
        conflict.columns(['rule', 'scope', 'target']).doUpdateSet({ definition }),
      )
      .execute();
  }

  async removeOverride(rule: string, { scope, target }: Place): Promise<void> {
    await this.database.write
      .deleteFrom('alert_overrides')
      .where('rule', '=', rule)
      .where('scope', '=', scope)
      .where('target', '=', target)
      .execute();
  }

  async settings(): Promise<{ group_prefix: string; group_wait: number } | null> {
    const row = await this.database.read
      .selectFrom('alert_settings')
      .select(['group_prefix', 'group_wait'])
      .executeTakeFirst();
    return row ?? null;
  }

  async saveSettings(settings: { group_prefix: string; group_wait: number }): Promise<void> {
    await this.database.write.updateTable('alert_settings').set(settings).execute();
  }
}

function toStored(row: Selectable<AlertRulesTable>, overrides: AlertOverride[]): StoredRule {
  return {
    id: row.id,
    definition: NewAlertRuleSchema.parse(JSON.parse(row.definition)),
    isDefault: row.is_default === 1,
    overrides,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toRow(rule: StoredRule): AlertRulesTable {
  return {
    id: rule.id,
    definition: JSON.stringify(rule.definition),
    is_default: rule.isDefault ? 1 : 0,
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
  };
}
