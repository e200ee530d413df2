import type { Routes } from '@angular/router';
import { ALERTS_TEXTS } from './alerts.texts';
import { PUSH_TEXTS } from './browser/push.texts';

/** The parts of the alerts page. */
export const ALERTS_ROUTES: Routes = [
  {
    path: '',
    loadComponent: () => import('./alerts-page').then((file) => file.AlertsPage),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'open' },
      {
        path: 'open',
        title: ALERTS_TEXTS.heading,
        loadComponent: () => import('./open-page').then((file) => file.OpenPage),
      },
      {
        path: 'history',
        title: ALERTS_TEXTS.titles.history,
        loadComponent: () => import('./history-page').then((file) => file.HistoryPage),
      },
      {
        path: 'rules',
        title: ALERTS_TEXTS.titles.rules,
        loadComponent: () => import('./rules/rules-page').then((file) => file.RulesPage),
      },
      {
        path: 'rules/:id',
        title: ALERTS_TEXTS.titles.rule,
        loadComponent: () => import('./rules/rule-page').then((file) => file.RulePage),
      },
      {
        path: 'silences',
        title: ALERTS_TEXTS.silences,
        loadComponent: () => import('./silences/silences-page').then((file) => file.SilencesPage),
      },
      {
        path: 'channels',
        title: ALERTS_TEXTS.channels,
        loadComponent: () => import('./channels/channels-page').then((file) => file.ChannelsPage),
      },
      {
        path: 'browser',
        title: PUSH_TEXTS.section,
        loadComponent: () => import('./browser/browser-page').then((file) => file.BrowserPage),
      },
      {
        path: 'incidents/:id',
        title: ALERTS_TEXTS.titles.incident,
        loadComponent: () => import('./incident-page').then((file) => file.IncidentPage),
      },
    ],
  },
];
