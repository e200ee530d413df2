import type { WireErrorCode } from '@hostdeck/contracts';
import type { z } from 'zod';

/** The code for what is wrong with a schema. */
export function codeOfSchemaIssue({ path, code }: z.core.$ZodIssue): WireErrorCode {
  if (path[0] !== 'series') return 'malformed';
  if (path.length === 1) return code === 'too_big' ? 'too_large' : 'malformed';
  return code === 'custom' ? 'unknown_metric' : 'malformed';
}

/** The code for what is wrong with a batch of frames. */
export function codeOfFrameIssue({ path, code }: z.core.$ZodIssue): WireErrorCode {
  return path.length === 1 && path[0] === 'frames' && code === 'too_big'
    ? 'too_large'
    : 'malformed';
}
