export const SHELL_TEXTS = {
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
  signOutFailed: 'The hub does not answer: you are still signed in.',
  notFound: {
    heading: 'There is nothing here',
    lead: 'The address may be mistyped, or the page has moved.',
    action: 'Go to the fleet',
  },
} as const;
