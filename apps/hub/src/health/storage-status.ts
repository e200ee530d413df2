import { basename } from 'node:path';
import type { StorageState } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { IngestService } from '../ingest/ingest.service';

/** How the storage is, for people, by what became of the last commit. */
@Injectable()
export class StorageStatus {
  /** Its name alone: where it lies is nobody's business. */
  readonly corruptFile: string | null;

  constructor(
    @Inject(Database) { corruptFile }: Database,
    @Inject(IngestService) private readonly ingest: IngestService,
  ) {
    this.corruptFile = corruptFile === null ? null : basename(corruptFile);
  }

  get state(): StorageState {
    return { error: this.ingest.storageError, corruptFile: this.corruptFile };
  }
}
