import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NewPasswordSchema, UsernameSchema, unknownEnvironment } from '@hostdeck/contracts';
import { z } from 'zod';
import { DEFAULT_RETENTION, type Retention } from '../history/tiers';
import { parseDuration } from './duration';
import { StartError } from './start-error';

/** What the hub was told at its start. */
export interface HubConfig {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  /** The first administrator, made at the start unless there is a user of that name. */
  readonly admin: { readonly username: string; readonly password: string } | null;
  /** Where people and agents reach the hub, without a trailing slash; `null`: where it listens. */
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** How long history is kept, ms. */
  readonly retention: Retention;
  /** A join token the hub accepts as long as it runs, any number of times. */
  readonly joinToken: string | null;
  /** What the secrets of notification channels are encrypted with; `null`: a key in the data folder. */
  readonly secretKey: string | null;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'expected a port number from 0 to 65535');

const Duration = z.string().transform((text, context) => {
  const duration = parseDuration(text);
  if (duration !== null) return duration;
  context.addIssue('expected a duration such as 30m, 24h or 7d');
  return z.NEVER;
});

const PublicUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address such as https://hostdeck.example.com' })
  .refine((url) => URL.canParse(url) && new URL(url).pathname === '/', {
    error: 'expected an address without a path: the hub serves the root of its address',
  })
  .transform((url) => new URL(url).origin);

const EnvironmentSchema = z.object({
  HOSTDECK_HOST: z.string().min(1, 'expected an address to listen on').default('127.0.0.1'),
  HOSTDECK_PORT: Port.default(4680),
  HOSTDECK_DATA_DIR: z.string().min(1, 'expected a folder').default('./data'),
  HOSTDECK_ADMIN_USERNAME: UsernameSchema.optional(),
  HOSTDECK_ADMIN_PASSWORD: NewPasswordSchema.optional(),
  HOSTDECK_PUBLIC_URL: PublicUrl.optional(),
  HOSTDECK_TLS_CERT: z.string().min(1, 'expected a file').optional(),
  HOSTDECK_TLS_KEY: z.string().min(1, 'expected a file').optional(),
  HOSTDECK_RETENTION_RAW: Duration.default(DEFAULT_RETENTION.raw),
  HOSTDECK_RETENTION_MINUTE: Duration.default(DEFAULT_RETENTION.minute),
  HOSTDECK_RETENTION_TEN_MINUTES: Duration.default(DEFAULT_RETENTION.tenMinutes),
  HOSTDECK_RETENTION_HOUR: Duration.default(DEFAULT_RETENTION.hour),
  HOSTDECK_RETENTION_CULPRITS: Duration.default(DEFAULT_RETENTION.culprits),
  HOSTDECK_JOIN_TOKEN: z
    .string()
    .min(16, 'a join token has at least 16 characters')
    .max(256, 'a join token has at most 256 characters')
    .optional(),
  HOSTDECK_SECRET_KEY: z
    .string()
    .min(32, 'a secret key has at least 32 characters; make one with: openssl rand -base64 32')
    .max(1_000, 'a secret key has at most 1000 characters')
    .optional(),
  HOSTDECK_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Two variables that only make sense together. */
function both<T>(
  names: readonly [string, string],
  values: readonly [T | undefined, T | undefined],
): { pair: [T, T] | null; complaint: string | null } {
  const [first, second] = values;
  if (first !== undefined && second !== undefined)
    return { pair: [first, second], complaint: null };
  if (first === undefined && second === undefined) return { pair: null, complaint: null };
  const [set, missing] = first === undefined ? [names[1], names[0]] : names;
  return { pair: null, complaint: `${missing}: needed because ${set} is set` };
}

function readPem(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${name}: the file cannot be read (${reason})`, { cause });
  }
}

/**
 * Reads the hub's configuration from environment variables.
 *
 * @throws {StartError} with one line for every variable that is wrong.
 */
export function parseConfig(environment: Environment): HubConfig {
  const lines = unknownEnvironment(environment).map(
    (name) => `${name}: no such setting; is it misspelt?`,
  );
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      lines.push(`${String(issue.path[0])}: ${issue.message}`);
    }
    throw new StartError(lines);
  }
  const values = parsed.data;
  const admin = both(
    ['HOSTDECK_ADMIN_USERNAME', 'HOSTDECK_ADMIN_PASSWORD'],
    [values.HOSTDECK_ADMIN_USERNAME, values.HOSTDECK_ADMIN_PASSWORD],
  );
  const tls = both(
    ['HOSTDECK_TLS_CERT', 'HOSTDECK_TLS_KEY'],
    [values.HOSTDECK_TLS_CERT, values.HOSTDECK_TLS_KEY],
  );
  const retention = {
    raw: values.HOSTDECK_RETENTION_RAW,
    minute: values.HOSTDECK_RETENTION_MINUTE,
    tenMinutes: values.HOSTDECK_RETENTION_TEN_MINUTES,
    hour: values.HOSTDECK_RETENTION_HOUR,
    culprits: values.HOSTDECK_RETENTION_CULPRITS,
  };
  const names = [
    ['HOSTDECK_RETENTION_RAW', retention.raw],
    ['HOSTDECK_RETENTION_MINUTE', retention.minute],
    ['HOSTDECK_RETENTION_TEN_MINUTES', retention.tenMinutes],
    ['HOSTDECK_RETENTION_HOUR', retention.hour],
  ] as const;
  names.forEach(([name, kept], index) => {
    const [finerName, finer] = names[index - 1] ?? [name, kept];
    if (kept < finer) lines.push(`${name}: must not be shorter than ${finerName}`);
  });
  for (const { complaint } of [admin, tls]) if (complaint !== null) lines.push(complaint);
  if (lines.length > 0) throw new StartError(lines);
  return {
    host: values.HOSTDECK_HOST,
    port: values.HOSTDECK_PORT,
    dataDir: resolve(values.HOSTDECK_DATA_DIR),
    admin: admin.pair === null ? null : { username: admin.pair[0], password: admin.pair[1] },
    publicUrl: values.HOSTDECK_PUBLIC_URL ?? null,
    tls:
      tls.pair === null
        ? null
        : {
            cert: readPem('HOSTDECK_TLS_CERT', tls.pair[0]),
            key: readPem('HOSTDECK_TLS_KEY', tls.pair[1]),
          },
    retention,
    joinToken: values.HOSTDECK_JOIN_TOKEN ?? null,
    secretKey: values.HOSTDECK_SECRET_KEY ?? null,
    logLevel: values.HOSTDECK_LOG_LEVEL,
  };
}

/** The configuration from this process's own environment; the only place that looks at it. */
export function loadConfig(): HubConfig {
  return parseConfig(process.env);
}
