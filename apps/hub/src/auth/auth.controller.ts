import { LoginSchema, type Login, type Me } from '@hostdeck/contracts';
import { Body, Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG } from '../config/tokens';
import type { HubConfig } from '../config/config';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ZodPipe } from '../problems/zod.pipe';
import { AuthService, type Identity } from './auth.service';
import { isServedSecurely, sessionCookie } from './cookies';
import { ClientAddress, CurrentIdentity, SignInOrigin } from './request';
import type { Origin } from './sessions.repository';

@Controller()
export class AuthController {
  constructor(
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(CONFIG) private readonly config: HubConfig,
  ) {}

  @Route(ROUTES.login)
  async login(
    @Body(new ZodPipe(LoginSchema)) login: Login,
    @SignInOrigin() origin: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const { user, token } = await this.auth.login(login, origin);
    response.setHeader('Set-Cookie', sessionCookie(token, isServedSecurely(this.config)));
    return user;
  }

  @Route(ROUTES.logout)
  async logout(
    @CurrentIdentity() { session }: Identity,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (session !== null) await this.auth.logout(session, address);
    response.setHeader('Set-Cookie', sessionCookie('', isServedSecurely(this.config)));
  }

  @Route(ROUTES.me)
  me(@CurrentIdentity() { user }: Identity): Me {
    return user;
  }
}
