import type { SettingName } from '@hostdeck/contracts';

/** Every setting, in the order of the page. */
export const SETTING_GROUPS = [
  { key: 'sampling', names: ['interval', 'watchedInterval', 'adaptive', 'disabled'] },
  {
    key: 'watched',
    names: ['mounts', 'networkMounts', 'disks', 'interfaces', 'containers', 'services'],
  },
  { key: 'processes', names: ['processes', 'commandLines'] },
] as const satisfies readonly { key: string; names: readonly SettingName[] }[];
