import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// A failure to start leaves nothing to show it with: let it reach the browser's own error log.
void bootstrapApplication(App, appConfig);
