import { z } from 'zod';
import { parseSeriesKey } from './series-name';

/** A series key of the catalogue, as it stands on the wire. */
export const SeriesKeySchema = z.string().refine((key) => parseSeriesKey(key) !== null, {
  error: (issue) => `unknown series ${JSON.stringify(String(issue.input).slice(0, 80))}`,
});
