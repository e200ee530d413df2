export const API_TEXTS = {
  unreachable: 'The hub does not answer. Is it running, and is this machine on its network?',
  refused: (status: number) => `The hub refused this (status ${status}). Try again in a moment.`,
  broken: 'The connection to the hub broke off. Try again; what the hub has is not lost.',
} as const;
