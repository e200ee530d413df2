import { SetupSchema, type Me, type Setup, type SetupState } from '@hostdeck/contracts';
import { Body, Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { isServedSecurely, sessionCookie } from '../auth/cookies';
import { SignInOrigin } from '../auth/request';
import type { Origin } from '../auth/sessions.repository';
import { CONFIG } from '../config/tokens';
import type { HubConfig } from '../config/config';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { SetupService } from './setup.service';

@Controller()
export class SetupController {
  constructor(
    @Inject(SetupService) private readonly setup: SetupService,
    @Inject(CONFIG) private readonly config: HubConfig,
  ) {}

  @Route(ROUTES.setupState)
  state(): SetupState {
    return { needed: this.setup.needed };
  }

  @Route(ROUTES.setup)
  async complete(
    @Body(new ZodPipe(SetupSchema)) setup: Setup,
    @SignInOrigin() origin: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const { user, token } = await this.setup.complete(setup, origin);
    response.setHeader('Set-Cookie', sessionCookie(token, isServedSecurely(this.config)));
    return user;
  }
}
