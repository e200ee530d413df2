import { types } from 'node:util';

/** The code of an error of the system, such as `ENOENT`; `null` for one that has none. */
export function errorCode(error: unknown): string | null {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
