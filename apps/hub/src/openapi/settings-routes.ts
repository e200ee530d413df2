import {
  FleetSettingsSchema,
  HostSettingsSchema,
  SettingsOverrideSchema,
} from '@hostdeck/contracts';
import type { RouteDefinition } from './route';

/** What agents are told to do. */
export const SETTINGS_ROUTES = {
  getSettings: {
    method: 'GET',
    path: '/api/settings',
    access: 'viewer',
    tag: 'settings',
    summary: 'What agents are told to do, for the fleet and for tags',
    status: 200,
    answer: FleetSettingsSchema,
  },
  setFleetSettings: {
    method: 'PUT',
    path: '/api/settings/fleet',
    access: 'admin',
    tag: 'settings',
    summary: 'Set everything that is set for the fleet; agents are told at once',
    status: 200,
    body: SettingsOverrideSchema,
    answer: FleetSettingsSchema,
  },
  setTagSettings: {
    method: 'PUT',
    path: '/api/settings/tags/:tag',
    access: 'admin',
    tag: 'settings',
    summary: 'Set everything that is set for the hosts with a tag',
    status: 200,
    body: SettingsOverrideSchema,
    answer: FleetSettingsSchema,
  },
  removeTagSettings: {
    method: 'DELETE',
    path: '/api/settings/tags/:tag',
    access: 'admin',
    tag: 'settings',
    summary: 'Set nothing for a tag any more',
    status: 200,
    answer: FleetSettingsSchema,
  },
  getHostSettings: {
    method: 'GET',
    path: '/api/hosts/:id/settings',
    access: 'viewer',
    tag: 'settings',
    summary: "A host's settings, where each value comes from, and what is set for the host itself",
    status: 200,
    answer: HostSettingsSchema,
  },
  setHostSettings: {
    method: 'PUT',
    path: '/api/hosts/:id/settings',
    access: 'admin',
    tag: 'settings',
    summary: 'Set everything that is set for one host',
    status: 200,
    body: SettingsOverrideSchema,
    answer: HostSettingsSchema,
  },
} as const satisfies Record<string, RouteDefinition>;
