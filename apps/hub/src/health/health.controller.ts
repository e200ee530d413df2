import { basename } from 'node:path';
import { HOSTDECK_VERSION, type Health, type Readiness } from '@hostdeck/contracts';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { StorageProbe } from './storage-probe';

@Controller()
export class HealthController {
  /** Its name alone: where it lies is nobody's business. */
  private readonly corruptFile: string | null;

  constructor(
    @Inject(StorageProbe) private readonly probe: StorageProbe,
    @Inject(Database) { corruptFile }: Database,
  ) {
    this.corruptFile = corruptFile === null ? null : basename(corruptFile);
  }

  @Route(ROUTES.health)
  health(): Health {
    return { status: 'ok', version: HOSTDECK_VERSION };
  }

  @Route(ROUTES.ready)
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const error = await this.probe.test();
    if (error !== null) response.status(503);
    return {
      status: error === null ? 'ok' : 'unavailable',
      storage: {
        writable: error === null,
        error,
        ...(this.corruptFile === null ? {} : { corruptFile: this.corruptFile }),
      },
    };
  }
}
