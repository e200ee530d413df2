/**
 * Every `HOSTDECK_*` environment variable. Each program reads its own, ignores the other's, and refuses to start on a
 * name neither knows, so that a misspelt one is never silently without effect.
 */
export const HUB_ENVIRONMENT = [
  'HOSTDECK_HOST',
  'HOSTDECK_PORT',
  'HOSTDECK_DATA_DIR',
  'HOSTDECK_ADMIN_USERNAME',
  'HOSTDECK_ADMIN_PASSWORD',
  'HOSTDECK_PUBLIC_URL',
  'HOSTDECK_TLS_CERT',
  'HOSTDECK_TLS_KEY',
  'HOSTDECK_RETENTION_RAW',
  'HOSTDECK_RETENTION_MINUTE',
  'HOSTDECK_RETENTION_TEN_MINUTES',
  'HOSTDECK_RETENTION_HOUR',
  'HOSTDECK_RETENTION_CULPRITS',
  'HOSTDECK_JOIN_TOKEN',
  'HOSTDECK_SECRET_KEY',
  'HOSTDECK_LOG_LEVEL',
] as const;

export const AGENT_ENVIRONMENT = [
  'HOSTDECK_HUB',
  'HOSTDECK_TOKEN',
  'HOSTDECK_TAGS',
  'HOSTDECK_STATE_DIR',
  'HOSTDECK_INTERVAL',
  'HOSTDECK_TEXTFILE_DIR',
  'HOSTDECK_LOG_LEVEL',
] as const;

/** The `HOSTDECK_*` names in `environment` that no program knows, sorted. */
export function unknownEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const known = new Set<string>([...HUB_ENVIRONMENT, ...AGENT_ENVIRONMENT]);
  return Object.keys(environment)
    .filter((name) => name.startsWith('HOSTDECK_') && !known.has(name))
    .sort();
}
