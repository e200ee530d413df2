import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import {
  Component,
  ChangeDetectionStrategy,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { provideRouter, type Routes, withComponentInputBinding } from '@angular/router';
import type { Me } from '@hostdeck/contracts';
import { problemInterceptor } from '../src/app/api/problem-interceptor';
import { LIVE_SOCKET } from '../src/app/live/live-socket';
import { signedOutInterceptor } from '../src/app/session/signed-out-interceptor';
import type { FakeSocket } from './fake-socket';

export const ADMIN: Me = { id: 'f'.repeat(32), username: 'ada', role: 'admin' };
export const VIEWER: Me = { ...ADMIN, username: 'vic', role: 'viewer' };

/** A page that is only there to be navigated to. */
@Component({
  selector: 'hd-blank-page',
  template: '',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BlankPage {}

/** The app's own providers, with the hub's HTTP and socket in the hands of the test. */
export function pageProviders(
  socket: FakeSocket,
  routes: Routes,
): (Provider | EnvironmentProviders)[] {
  return [
    provideRouter(routes, withComponentInputBinding()),
    provideHttpClient(withInterceptors([signedOutInterceptor, problemInterceptor])),
    provideHttpClientTesting(),
    { provide: LIVE_SOCKET, useValue: () => socket.socket },
  ];
}
