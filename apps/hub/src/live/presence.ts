import { HOSTDECK_VERSION, type HubPresence } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { StorageStatus } from '../health/storage-status';
import type { LiveNamespace } from './live-socket';

/** That the hub is there, and how it is. */
@Injectable()
export class Presence {
  /** What dashboards were told last of the storage. */
  private toldError: string | null = null;

  constructor(
    @Inject(StorageStatus) private readonly storage: StorageStatus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  get current(): HubPresence {
    return { hubTime: this.now(), version: HOSTDECK_VERSION, storage: this.storage.state };
  }

  /** Tells every dashboard when frames cannot be stored any more, and when they can again. */
  tick(namespace: LiveNamespace): void {
    const { state } = this.storage;
    if (state.error === this.toldError) return;
    this.toldError = state.error;
    namespace.emit('storage', state);
  }
}
