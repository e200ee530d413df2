import type { Routes } from '@angular/router';
import { SHELL_TEXTS } from './shell/shell.texts';
import { setUpNeeded, signedIn, signedOut } from './session/guards';

const TITLES = SHELL_TEXTS.titles;

export const routes: Routes = [
  {
    path: 'login',
    title: TITLES.signIn,
    canActivate: [signedOut],
    loadComponent: () => import('./session/sign-in-page').then((file) => file.SignInPage),
  },
  {
    path: 'setup',
    title: TITLES.setUp,
    canActivate: [setUpNeeded],
    loadComponent: () => import('./session/set-up-page').then((file) => file.SetUpPage),
  },
  {
    path: 'invite',
    title: TITLES.invite,
    loadComponent: () => import('./users/invite-page').then((file) => file.InvitePage),
  },
  {
    path: 'share',
    title: TITLES.share,
    loadComponent: () => import('./share/share-page').then((file) => file.SharePage),
  },
  {
    path: 'offline',
    title: TITLES.offline,
    loadComponent: () => import('./offline/offline-page').then((file) => file.OfflinePage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((file) => file.Shell),
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: TITLES.fleet,
        loadComponent: () => import('./fleet/fleet-page').then((file) => file.FleetPage),
      },
      {
        path: 'hosts/:id',
        title: TITLES.host,
        loadComponent: () => import('./host/host-page').then((file) => file.HostPage),
      },
      {
        path: 'compare',
        title: TITLES.compare,
        loadComponent: () => import('./compare/compare-page').then((file) => file.ComparePage),
      },
      {
        path: 'settings',
        title: TITLES.settings,
        loadComponent: () =>
          import('./settings/fleet-settings-page').then((file) => file.FleetSettingsPage),
      },
      {
        path: 'users',
        title: TITLES.users,
        loadComponent: () => import('./users/users-page').then((file) => file.UsersPage),
      },
      {
        path: 'account',
        title: TITLES.account,
        loadComponent: () => import('./account/account-page').then((file) => file.AccountPage),
      },
      {
        path: 'audit',
        title: TITLES.audit,
        loadComponent: () => import('./audit/audit-page').then((file) => file.AuditPage),
      },
      {
        path: 'alerts',
        loadChildren: () => import('./alerts/alerts.routes').then((file) => file.ALERTS_ROUTES),
      },
      {
        path: '**',
        title: TITLES.notFound,
        loadComponent: () => import('./shell/not-found-page').then((file) => file.NotFoundPage),
      },
    ],
  },
];
