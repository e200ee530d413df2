import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { ProblemError } from './problem';

/** One line per field that is wrong; a field nobody knows is named itself. */
export function fieldErrors(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'there is no such field',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );
}

/** Parses a body, query or parameter; what does not fit is a problem that names every field. */
export class ZodPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  constructor(private readonly schema: Schema) {}

  transform(value: unknown): z.output<Schema> {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const errors = fieldErrors(parsed.error);
    const summary = errors
      .slice(0, 3)
      .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
      .join('; ');
    throw new ProblemError('bad_request', summary, { errors });
  }
}
