import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../database/database';

/** The one row of settings. */
export interface StoredSettings {
  /** Networks that are allowed although they are private. */
  readonly networks: readonly string[];
  readonly heartbeat: { readonly enabled: boolean; readonly interval: number };
  /** JSON object of {@link SettingsSecrets}, encrypted; `null`: none. */
  readonly secrets: Uint8Array | null;
  /** Public half of the key that web push is signed with; `null` until it is first asked for. */
  readonly vapidPublicKey: string | null;
}

@Injectable()
export class SettingsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(): Promise<StoredSettings> {
    const row = await this.database.read
      .selectFrom('notification_settings')
      .selectAll()
      .executeTakeFirstOrThrow();
    return {
      // Written by this repository alone, so that its JSON is what we put there.
      networks: JSON.parse(row.networks) as string[],
      heartbeat: { enabled: row.heartbeat_enabled === 1, interval: row.heartbeat_interval },
      secrets: row.secrets,
      vapidPublicKey: row.vapid_public_key,
    };
  }

  async write(settings: StoredSettings): Promise<void> {
    await this.database.write
      .updateTable('notification_settings')
      .set({
        networks: JSON.stringify(settings.networks),
        heartbeat_enabled: settings.heartbeat.enabled ? 1 : 0,
        heartbeat_interval: settings.heartbeat.interval,
        secrets: settings.secrets,
        vapid_public_key: settings.vapidPublicKey,
      })
      .execute();
  }
}
