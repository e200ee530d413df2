import { AgentSettingsSchema, COLLECTOR_NAMES, type AgentSettings } from '@hostdeck/contracts';
import { z } from 'zod';

/** Settings that can not be applied: what was wrong with them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const WithCollectors = z.looseObject({ disabled: z.array(z.string()) });
const KNOWN: ReadonlySet<string> = new Set(COLLECTOR_NAMES);

/**
 * Settings as a hub sends them. What a later hub has besides is left out, collectors too that this agent does not have: they
 * are off anyway.
 *
 * @throws SettingsError naming the first setting that is wrong
 */
export function parseSettings(message: unknown): AgentSettings {
  const collectors = WithCollectors.safeParse(message);
  const parsed = AgentSettingsSchema.safeParse(
    collectors.success
      ? { ...collectors.data, disabled: collectors.data.disabled.filter((name) => KNOWN.has(name)) }
      : message,
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw new SettingsError(`${name === '' ? 'settings' : name}: ${issue?.message ?? 'not valid'}`, {
    cause: parsed.error,
  });
}
