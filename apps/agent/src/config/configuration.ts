import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  AGENT_ENVIRONMENT,
  DEFAULT_INTERVAL,
  MAX_INTERVAL,
  MIN_INTERVAL,
  TagsSchema,
  unknownEnvironment,
} from '@hostdeck/contracts';
import { z } from 'zod';
import { CliError } from '../cli/cli-error';
import { LOG_LEVELS } from '../log/logger';

/** Environment variables as a program gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The address of a hub: http or https, without credentials, query or fragment; a path is kept (a hub behind a proxy). */
export const HubUrlSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    context.addIssue('expected the address of a hub, such as https://hub.example.com');
    return z.NEVER;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    context.addIssue('expected an address without user name, query or fragment');
    return z.NEVER;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
});

/** Tags written as a list with commas. */
export const TagListSchema = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  )
  .pipe(TagsSchema);

const IntervalSchema = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'expected a number of seconds from 1 to 60')
  .transform((seconds) => Math.round(Number(seconds) * 1000))
  .pipe(
    z
      .number()
      .min(MIN_INTERVAL, 'expected a number of seconds from 1 to 60')
      .max(MAX_INTERVAL, 'expected a number of seconds from 1 to 60'),
  );

/** An empty variable means the same as an absent one: compose files write `NAME: ${NAME:-}`. */
function unlessEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}

const EnvironmentSchema = z.object({
  HOSTDECK_HUB: unlessEmpty(HubUrlSchema),
  HOSTDECK_TOKEN: unlessEmpty(z.string().max(256, 'expected at most 256 characters')),
  HOSTDECK_TAGS: unlessEmpty(TagListSchema),
  HOSTDECK_STATE_DIR: unlessEmpty(z.string()),
  HOSTDECK_INTERVAL: unlessEmpty(IntervalSchema),
  HOSTDECK_TEXTFILE_DIR: unlessEmpty(
    z.string().refine(isAbsolute, 'expected a folder by its whole path'),
  ),
  HOSTDECK_LOG_LEVEL: unlessEmpty(z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`)),
}) satisfies z.ZodType<Partial<Record<(typeof AGENT_ENVIRONMENT)[number], unknown>>>;

/** What the agent was told by its environment. */
export interface Configuration {
  /** The hub to join or to talk to; `null`: the one it is enrolled at. */
  readonly hub: string | null;
  readonly token: string | null;
  readonly tags: readonly string[];
  readonly stateDir: string;
  /** Sampling interval until the hub sets another, ms. */
  readonly interval: number;
  /** Folder of the files of custom metrics. */
  readonly textfileDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

function defaultStateDir(environment: Environment): string {
  if (process.platform === 'linux' && process.getuid?.() === 0) return '/var/lib/hostdeck-agent';
  const xdg = environment.XDG_STATE_HOME;
  const base = xdg === undefined || xdg === '' ? join(homedir(), '.local', 'state') : xdg;
  return join(base, 'hostdeck-agent');
}

/**
 * Reads the agent's configuration from environment variables.
 *
 * @throws CliError of usage, in one line, for a bad value or a `HOSTDECK_*` name that neither hub nor agent knows.
 */
export function readConfiguration(environment: Environment): Configuration {
  const unknown = unknownEnvironment(environment);
  if (unknown.length > 0) {
    throw new CliError(
      'usage',
      `unknown environment variable ${unknown.join(', ')}; the agent reads ${AGENT_ENVIRONMENT.join(', ')}`,
    );
  }
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CliError(
      'usage',
      `${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'not valid'}`,
    );
  }
  const values = parsed.data;
  const stateDir = values.HOSTDECK_STATE_DIR ?? defaultStateDir(environment);
  return {
    hub: values.HOSTDECK_HUB ?? null,
    token: values.HOSTDECK_TOKEN ?? null,
    tags: values.HOSTDECK_TAGS ?? [],
    stateDir,
    textfileDir: values.HOSTDECK_TEXTFILE_DIR ?? join(stateDir, 'textfile'),
    interval: values.HOSTDECK_INTERVAL ?? DEFAULT_INTERVAL,
    logLevel: values.HOSTDECK_LOG_LEVEL ?? 'info',
  };
}
