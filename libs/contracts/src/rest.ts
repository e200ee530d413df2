import { z } from 'zod';

/** `GET /api/health`. */
export const HealthSchema = z.object({ status: z.literal('ok'), version: z.string() });
export type Health = z.infer<typeof HealthSchema>;

/** `GET /api/health/ready`: 200 when storage takes writes, else 503. */
export const ReadinessSchema = z.object({
  status: z.enum(['ok', 'unavailable']),
  storage: z.object({
    writable: z.boolean(),
    error: z.string().nullable(),
    /** The database that was there at the start was broken and is set aside under this name. */
    corruptFile: z.string().optional(),
  }),
});
export type Readiness = z.infer<typeof ReadinessSchema>;

/** Problem document of every REST error (RFC 9457). */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What was wrong and what to do. */
  detail: z.string(),
  /** The fields that were wrong. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** Query of every list: `cursor` is the `next` of the page before. */
export const PageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(200).optional(),
});
export type PageQuery = z.output<typeof PageQuerySchema>;

/** The shape of every list. */
export function listSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
export interface List<Item> {
  items: Item[];
  /** Cursor of the next page; absent on the last one. */
  next?: string;
}
