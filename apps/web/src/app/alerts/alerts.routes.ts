import type { Routes } from '@angular/router';

/** The parts of the alerts page. */
export const ALERTS_ROUTES: Routes = [
  {
    path: '',
    loadComponent: () => import('./alerts-page').then((file) => file.AlertsPage),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'open' },
      {
        path: 'open',
        title: 'Alerts',
        loadComponent: () => import('./open-page').then((file) => file.OpenPage),
      },
      {
        path: 'history',
        title: 'Alert history',
        loadComponent: () => import('./history-page').then((file) => file.HistoryPage),
      },
      {
        path: 'rules',
        title: 'Alert rules',
        loadComponent: () => import('./rules/rules-page').then((file) => file.RulesPage),
      },
      {
        path: 'rules/:id',
        title: 'Alert rule',
        loadComponent: () => import('./rules/rule-page').then((file) => file.RulePage),
      },
      {
        path: 'silences',
        title: 'Silences',
        loadComponent: () => import('./silences/silences-page').then((file) => file.SilencesPage),
      },
      {
        path: 'channels',
        title: 'Channels',
        loadComponent: () => import('./channels/channels-page').then((file) => file.ChannelsPage),
      },
      {
        path: 'incidents/:id',
        title: 'Incident',
        loadComponent: () => import('./incident-page').then((file) => file.IncidentPage),
      },
    ],
  },
];
