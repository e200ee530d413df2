/** Parts of the host page, and what the address says of each. */
export const HOST_TABS = [
  { key: 'charts', query: null },
  { key: 'processes', query: 'processes' },
  { key: 'settings', query: 'settings' },
] as const;
export type HostTab = (typeof HOST_TABS)[number]['key'];

/** Reads the address; anything unknown is the charts. */
export function parseTab(tab: string | undefined): HostTab {
  return HOST_TABS.find(({ query }) => query === tab)?.key ?? 'charts';
}
