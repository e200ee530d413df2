import type { SettingsOverride } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';

/** What settings are set for. */
export type Scope =
  | { readonly kind: 'fleet' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'host'; readonly hostId: string };

/** What is set for one scope. */
export interface ScopedSettings {
  readonly scope: Scope;
  readonly settings: SettingsOverride;
}

@Injectable()
export class AgentSettingsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async all(): Promise<ScopedSettings[]> {
    const rows = await this.database.read.selectFrom('agent_settings').selectAll().execute();
    return rows.map(({ scope, name, settings }) => ({
      scope: toScope(scope, name),
      // Written by `save` below and by nobody else.
      settings: JSON.parse(settings) as SettingsOverride,
    }));
  }

  async save({ scope, settings }: ScopedSettings, now: number): Promise<void> {
    await this.database.write
      .replaceInto('agent_settings')
      .values({
        scope: scope.kind,
        name: nameOf(scope),
        settings: JSON.stringify(settings),
        changed_at: now,
      })
      .execute();
  }

  async remove(scope: Scope): Promise<void> {
    await this.database.write
      .deleteFrom('agent_settings')
      .where('scope', '=', scope.kind)
      .where('name', '=', nameOf(scope))
      .execute();
  }
}

function nameOf(scope: Scope): string {
  switch (scope.kind) {
    case 'fleet':
      return '';
    case 'tag':
      return scope.tag;
    case 'host':
      return scope.hostId;
  }
}

function toScope(kind: Scope['kind'], name: string): Scope {
  switch (kind) {
    case 'fleet':
      return { kind };
    case 'tag':
      return { kind, tag: name };
    case 'host':
      return { kind, hostId: name };
  }
}
