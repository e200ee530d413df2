import { InjectionToken } from '@angular/core';
import type { BrowserToHubEvents, HubToBrowserEvents, LIVE_NAMESPACE } from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';

/** A Socket.IO client of the hub's namespace for dashboards. */
export type LiveSocket = Socket<HubToBrowserEvents, BrowserToHubEvents>;

// Checked against the contracts by its type; taken as a value it would bring every schema into the page.
const NAMESPACE: typeof LIVE_NAMESPACE = '/live';

/** Makes the socket; not connected yet. The session cookie goes with it. */
export const LIVE_SOCKET = new InjectionToken<() => LiveSocket>('live socket', {
  providedIn: 'root',
  factory: () => () =>
    io(NAMESPACE, {
      autoConnect: false,
      // Polling only where a proxy in between does not let WebSocket through.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    }),
});
