import type { ExportFormat, MetricId } from '@hostdeck/contracts';

/** Whose history is exported. */
export type ExportScope =
  | { readonly kind: 'host'; readonly hostId: string }
  /** `hosts`: only these, by their ids; `null`: all. */
  | { readonly kind: 'fleet'; readonly hosts: readonly string[] | null };

/** What an export is of. */
export interface ExportRequest {
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  /** `null`: every metric. */
  readonly metrics: readonly MetricId[] | null;
  /** Ms since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Where the hub answers a request with a file; a path on the hub. */
export function exportUrl({ scope, format, metrics, from, to }: ExportRequest): string {
  const query = new URLSearchParams({ format });
  if (scope.kind === 'fleet' && scope.hosts !== null) query.set('host', scope.hosts.join(','));
  if (metrics !== null) query.set('metric', metrics.join(','));
  query.set('from', String(Math.floor(from)));
  query.set('to', String(Math.ceil(to)));
  const path =
    scope.kind === 'host' ? `/api/hosts/${encodeURIComponent(scope.hostId)}/export` : '/api/export';
  // A quote stands for itself in an address, and would end the line for a shell.
  return `${path}?${query.toString().replaceAll('%2C', ',')}`.replaceAll("'", '%27');
}

/**
 * The same for scripts: one line for a shell. It holds nothing that a host has named, and no quote: the name of the file
 * is the one the hub gives it.
 *
 * @param origin of the hub, such as `https://hub.example`
 */
export function curlCommand(origin: string, request: ExportRequest): string {
  return `curl -fsSOJ -H "Authorization: Bearer $TOKEN" '${origin}${exportUrl(request)}'`;
}

/** A name for the file, for whoever is asked for one before the hub has answered. Holds nothing that a host has named. */
export function exportFileName({ scope, format, from }: ExportRequest): string {
  const start = new Date(from).toISOString().slice(0, 19).replaceAll(':', '');
  return `hostdeck-${scope.kind}-${start}Z.${format === 'csv' ? 'csv' : 'ndjson'}`;
}
