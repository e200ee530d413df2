import type { Routes } from '@angular/router';
import { setUpNeeded, signedIn, signedOut } from './session/guards';

export const routes: Routes = [
  {
    path: 'login',
    title: 'Sign in',
    canActivate: [signedOut],
    loadComponent: () => import('./session/sign-in-page').then((file) => file.SignInPage),
  },
  {
    path: 'setup',
    title: 'Set up',
    canActivate: [setUpNeeded],
    loadComponent: () => import('./session/set-up-page').then((file) => file.SetUpPage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((file) => file.Shell),
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Fleet',
        loadComponent: () => import('./fleet/fleet-page').then((file) => file.FleetPage),
      },
      {
        path: 'hosts/:id',
        title: 'Host',
        loadComponent: () => import('./host/host-page').then((file) => file.HostPage),
      },
      {
        path: 'settings',
        title: 'Settings',
        loadComponent: () =>
          import('./settings/fleet-settings-page').then((file) => file.FleetSettingsPage),
      },
      {
        path: 'alerts',
        loadChildren: () => import('./alerts/alerts.routes').then((file) => file.ALERTS_ROUTES),
      },
      {
        path: '**',
        title: 'Not found',
        loadComponent: () => import('./shell/not-found-page').then((file) => file.NotFoundPage),
      },
    ],
  },
];
