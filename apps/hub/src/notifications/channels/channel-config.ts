import type { Kind } from '../kinds/kind';
import { ProblemError } from '../../problems/problem';
import { fieldErrors } from '../../problems/zod.pipe';

type Values = Readonly<Record<string, unknown>>;

/** What is kept of a channel that a new configuration may build on. */
interface Kept {
  readonly open: Values;
  readonly secret: Values;
}

function same(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

/**
 * The whole configuration of a channel, checked: what is given, with the secrets that are left out as they are kept, and those that are
 * `null` removed.
 *
 * @throws {ProblemError} `bad_request` naming the fields; also when kept secrets would be sent somewhere else than before: whoever
 * could change only the address must not be able to have them sent to theirs.
 */
export function completeConfig(kind: Kind, given: Values, kept: Kept | null): Values {
  const names = kind.fields.filter(({ secret }) => secret).map(({ name }) => name);
  const lent = names.filter(
    (name) => !Object.hasOwn(given, name) && kept?.secret[name] !== undefined,
  );
  const values = Object.fromEntries([
    ...Object.entries(given).filter(([, value]) => value !== null),
    ...lent.map((name) => [name, kept?.secret[name]] as const),
  ]);
  const parsed = kind.config.safeParse(values);
  if (!parsed.success) {
    const errors = fieldErrors(parsed.error).map(({ path, message }) => ({
      path: `config.${path}`,
      message,
    }));
    const summary = errors.map(({ path, message }) => `${path}: ${message}`).slice(0, 3);
    throw new ProblemError('bad_request', summary.join('; '), { errors });
  }
  const moved = kind.destination.find((name) => !same(parsed.data[name], kept?.open[name]));
  if (lent.length > 0 && moved !== undefined) {
    const errors = lent.map((name) => ({
      path: `config.${name}`,
      message: `must be entered again, because ${moved} is another one`,
    }));
    throw new ProblemError('bad_request', `config.${lent.join(', ')}: must be entered again`, {
      errors,
    });
  }
  return parsed.data;
}
