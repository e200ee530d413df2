import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CLOCK, type Clock } from '../config/tokens';
import { HostsService } from '../hosts/hosts.service';
import { LOGGER, type Logger } from '../logging/logger';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { EXPOSITION_TYPE } from './exposition';
import { HostMetrics } from './host-metrics';
import { HubMetrics } from './hub-metrics';

@Controller()
export class MetricsController {
  private readonly hostMetrics = new HostMetrics();

  constructor(
    @Inject(HubMetrics) private readonly hub: HubMetrics,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Route(ROUTES.metrics)
  async read(@Res() response: Response): Promise<void> {
    const own = await this.hub.write();
    response.setHeader('Content-Type', EXPOSITION_TYPE);
    response.setHeader('Cache-Control', 'no-store');
    response.write(own);
    try {
      await pipeline(Readable.from(this.hostMetrics.write(this.hosts.all(), this.now())), response);
    } catch (error) {
      // The header has left: whoever asked went away, or sees that the answer was cut.
      this.logger.debug({ err: error }, 'metrics could not be sent to their end');
      response.destroy();
    }
  }
}
