import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// Schemas are run as they are and not made into code, which the page's policy forbids: even to try is a violation that is
// reported. `z.config({ jitless: true })` says the same, but brings zod into the start of the app.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

// A failure to start leaves nothing to show it with: let it reach the browser's own error log.
void bootstrapApplication(App, appConfig);
