import { HOSTDECK_VERSION, type Health, type Readiness } from '@hostdeck/contracts';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { StorageProbe } from './storage-probe';
import { StorageStatus } from './storage-status';

@Controller()
export class HealthController {
  constructor(
    @Inject(StorageProbe) private readonly probe: StorageProbe,
    @Inject(StorageStatus) private readonly storage: StorageStatus,
  ) {}

  @Route(ROUTES.health)
  health(): Health {
    return { status: 'ok', version: HOSTDECK_VERSION };
  }

  @Route(ROUTES.ready)
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const error = await this.probe.test();
    const { corruptFile } = this.storage;
    if (error !== null) response.status(503);
    return {
      status: error === null ? 'ok' : 'unavailable',
      storage: {
        writable: error === null,
        error,
        ...(corruptFile === null ? {} : { corruptFile }),
      },
    };
  }
}
