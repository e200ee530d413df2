import type { Channel, ChannelField, ChannelKindInfo } from '@hostdeck/contracts';
import { parseNumber } from '../fields/scales';

/** What stands in the fields of a kind, by their names: text, or whether a flag is set. */
export type FieldValues = Readonly<Record<string, string | boolean>>;

/** What the fields begin with. Secrets are never known here. */
export function fieldValues({ fields }: ChannelKindInfo, channel: Channel | null): FieldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const kept = channel === null ? field.initial : (channel.config[field.name] ?? null);
      return [field.name, field.secret ? '' : toField(field, kept)];
    }),
  );
}

/** The configuration that the fields say. What is left empty is left out: the hub keeps a secret then, or takes what is usual. */
export function configOf(
  { fields }: ChannelKindInfo,
  values: FieldValues,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of fields) {
    const value = fromField(field, values[field.name] ?? '');
    if (value !== undefined) config[field.name] = value;
  }
  return config;
}

function toField({ type }: ChannelField, value: unknown): string | boolean {
  if (type === 'flag') return value === true;
  if (Array.isArray(value)) return value.map(String).join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function fromField({ type }: ChannelField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  if (text === '') return undefined;
  switch (type) {
    case 'number':
      // What is no number is left for the hub to name.
      return parseNumber(text) ?? text;
    case 'list':
      return text
        .split(/[\n,]/)
        .map((one) => one.trim())
        .filter(Boolean);
    default:
      return text;
  }
}
