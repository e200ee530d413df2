import { inLanguage } from '../language/language';
import { SHELL_DE } from './shell.texts.de';

/** In English; other languages have the same keys. */
export const SHELL_EN = {
  skip: 'Skip to content',
  home: 'Hostdeck, fleet',
  connection: {
    connected: 'Live',
    connecting: 'Connecting…',
    checking: 'Checking…',
    reconnecting: 'Reconnecting…',
  },
  connectionSpoken: {
    connected: 'Connected to the hub.',
    connecting: 'Connecting to the hub.',
    checking: '',
    reconnecting: 'Connection to the hub lost. Reconnecting.',
  },
  lost: (age: string) =>
    `The hub does not answer. What you see is ${age} old; Hostdeck keeps trying.`,
  tryNow: 'Try now',
  theme: 'Theme',
  themes: { dark: 'Dark', light: 'Light', system: 'Like the system' },
  account: 'Account',
  roles: { viewer: 'Viewer', operator: 'Operator', admin: 'Administrator' },
  signOut: 'Sign out',
  signOutFailed: 'Signing out failed: you are still signed in. Try again in a moment.',
  titles: {
    signIn: 'Sign in',
    setUp: 'Set up',
    invite: 'Set a password',
    fleet: 'Fleet',
    host: 'Host',
    compare: 'Compare',
    settings: 'Settings',
    users: 'Users',
    account: 'Account',
    audit: 'Audit trail',
    notFound: 'Not found',
    offline: 'No answer',
    share: 'Shared view',
  },
  notStored: (error: string) =>
    `The hub cannot store anything now (${error}). Live values go on; agents keep their frames and send them again. A full disk is the usual reason.`,
  setAside: (file: string) =>
    `The hub's database was broken when it started. It was set aside as ${file}, and history begins anew; a backup brings it back.`,
  dismiss: 'Understood',
  newVersion: (version: string) => `The hub is at version ${version} now.`,
  reload: 'Load it',
  open: 'Go to…',
  pages: {
    fleet: 'Fleet',
    table: 'Fleet as a table',
    wall: 'Fleet as a wall',
    routes: 'Routes',
    deliveries: 'Deliveries',
    compare: 'Compare hosts',
    settings: 'Settings of the agents',
    users: 'Users',
    account: 'Your account',
    audit: 'Audit trail',
  },
  palette: {
    name: 'Go to a host or page',
    placeholder: 'Host, tag or page',
    results: 'Hosts and pages',
    nothing: 'No host or page of that name.',
  },
  help: 'Keys',
  keys: {
    title: 'Keys',
    palette: 'Go to a host or page',
    search: 'Search the fleet',
    help: 'Show this list',
    walk: 'Next and previous host',
    arrows: 'From host to host, once one has the focus',
    open: 'Open the host that has the focus',
    layouts: 'Cards, table, wall',
    leave: 'Leave the field, close the dialog',
    turn: 'Single-letter keys are on',
    close: 'Close',
  },
  notFound: {
    heading: 'There is nothing here',
    lead: 'The address may be mistyped, or the page has moved.',
    action: 'Go to the fleet',
  },
} as const;

export const SHELL_TEXTS = inLanguage(SHELL_EN, { de: SHELL_DE });
