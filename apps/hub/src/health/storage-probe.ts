import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { Database } from '../database/database';
import { IngestService } from '../ingest/ingest.service';

/** An answer younger than this is given again, ms: anybody may ask, and a write is not free. */
const FRESH_FOR = 500;
/** How long a write may take before storage counts as not taking any, ms. */
const PATIENCE = 3_000;

/** Finds out whether storage takes writes, by writing. */
@Injectable()
export class StorageProbe {
  private last: { readonly at: number; readonly error: string | null } | null = null;
  private testing: Promise<string | null> | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** What is wrong, for people; `null` when a row has just been written. */
  async test(): Promise<string | null> {
    if (this.last !== null && this.now() - this.last.at < FRESH_FOR) return this.last.error;
    this.testing ??= this.write().finally(() => {
      this.testing = null;
    });
    const error = (await this.testing) ?? this.ingest.storageError;
    this.last = { at: this.now(), error };
    return error;
  }

  private async write(): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('a write takes too long'), PATIENCE);
    });
    const written = this.database.testWrite(this.now()).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'a write failed'),
    );
    const error = await Promise.race([written, late]);
    clearTimeout(timer);
    return error;
  }
}
