import type { NotificationSettings, NotificationSettingsChange } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Lock } from '../../database/lock';
import { newVapidKeys, type VapidKeys } from '../push/vapid';
import { SecretBox } from '../secrets/secret-box';
import { SettingsRepository, type StoredSettings } from './settings.repository';

const PLACE = 'settings';

/** What is encrypted. */
interface SettingsSecrets {
  readonly heartbeatUrl?: string;
  readonly vapidPrivateKey?: string;
}

/** What is sent to tell that the hub lives, and where. */
export interface HeartbeatPlan {
  readonly url: string;
  /** Seconds. */
  readonly interval: number;
}

/** Settings of all channels together. */
@Injectable()
export class SettingsService {
  /** Changes read first and write then: one after the other. */
  private readonly lock = new Lock();

  constructor(
    @Inject(SettingsRepository) private readonly repository: SettingsRepository,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  async read(): Promise<
    Omit<NotificationSettings, 'heartbeat'> & {
      heartbeat: Omit<NotificationSettings['heartbeat'], 'health'>;
    }
  > {
    const stored = await this.repository.read();
    return {
      networks: [...stored.networks],
      heartbeat: {
        ...stored.heartbeat,
        url: { set: this.openSecrets(stored).heartbeatUrl !== undefined },
      },
    };
  }

  change({ networks, heartbeat = {} }: NotificationSettingsChange): Promise<void> {
    return this.update((stored) => {
      const { heartbeatUrl, ...others } = this.openSecrets(stored);
      const url = heartbeat.url === undefined ? heartbeatUrl : heartbeat.url;
      const secrets = {
        ...others,
        ...(url === undefined || url === null ? {} : { heartbeatUrl: url }),
      };
      return {
        ...stored,
        networks: networks ?? stored.networks,
        heartbeat: {
          enabled: heartbeat.enabled ?? stored.heartbeat.enabled,
          interval: heartbeat.interval ?? stored.heartbeat.interval,
        },
        secrets: this.seal(secrets),
      };
    });
  }

  /** `null`: none is to be sent. @throws {SecretError} when its address cannot be decrypted. */
  async heartbeat(): Promise<HeartbeatPlan | null> {
    const stored = await this.repository.read();
    if (!stored.heartbeat.enabled) return null;
    const { heartbeatUrl: url } = this.openSecrets(stored);
    return url === undefined ? null : { url, interval: stored.heartbeat.interval };
  }

  /** The key of web push, made when it is first asked for. @throws {SecretError} when it cannot be decrypted. */
  async vapidKeys(): Promise<VapidKeys> {
    const known = this.knownKeys(await this.repository.read());
    if (known !== null) return known;
    let keys = newVapidKeys();
    await this.update((stored) => {
      keys = this.knownKeys(stored) ?? keys;
      return {
        ...stored,
        vapidPublicKey: keys.publicKey,
        secrets: this.seal({ ...this.openSecrets(stored), vapidPrivateKey: keys.privateKey }),
      };
    });
    return keys;
  }

  private knownKeys(stored: StoredSettings): VapidKeys | null {
    const { vapidPublicKey: publicKey } = stored;
    if (publicKey === null) return null;
    const { vapidPrivateKey: privateKey } = this.openSecrets(stored);
    return privateKey === undefined ? null : { publicKey, privateKey };
  }

  private async update(change: (stored: StoredSettings) => StoredSettings): Promise<void> {
    const release = await this.lock.acquire();
    try {
      await this.repository.write(change(await this.repository.read()));
    } finally {
      release();
    }
  }

  private seal(secrets: SettingsSecrets): Uint8Array {
    return this.box.seal(JSON.stringify(secrets), PLACE);
  }

  private openSecrets({ secrets }: StoredSettings): SettingsSecrets {
    if (secrets === null) return {};
    return JSON.parse(this.box.open(secrets, PLACE)) as SettingsSecrets;
  }
}
