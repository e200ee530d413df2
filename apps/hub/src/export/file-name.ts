import type { ExportFormat } from '@hostdeck/contracts';

/** Characters that some file system or browser does not take in a name. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\ufffd/\\:*?"<>|;\s]+/gu;
const LONGEST = 80;

/** The name a browser saves an export under: what it is of, when it begins, and its kind. */
export function exportFileName(subject: string, from: number, format: ExportFormat): string {
  const name = subject
    .replace(UNFIT, '_')
    .replace(/^[._]+|[._]+$/g, '')
    .slice(0, LONGEST)
    .toWellFormed();
  const start = new Date(from).toISOString().slice(0, 19).replaceAll(':', '');
  const parts = ['hostdeck', ...(name === '' ? [] : [name]), `${start}Z`];
  return `${parts.join('-')}.${format === 'csv' ? 'csv' : 'ndjson'}`;
}
