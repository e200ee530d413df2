import { z } from 'zod';
import { IdSchema } from './identity';
import { toDisplayText } from './text';

/** A page of the dashboard: a path of this hub, with what is to be shown on it. */
export const PagePathSchema = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\s\\]*$/, 'a path of this hub begins with one slash, as /?view=wall&kiosk');

/** `POST /api/share-links`: a link that lets whoever has it look, without an account. */
export const NewShareLinkSchema = z.strictObject({
  name: z.string().trim().min(1, 'a name is needed').max(100).transform(toDisplayText),
  path: PagePathSchema.default('/?view=wall&kiosk'),
  /** When it ends, ms since the epoch; without: when it is revoked. */
  expiresAt: z.number().int().positive().max(8.64e15).optional(),
});
export type NewShareLink = z.input<typeof NewShareLinkSchema>;

/** A link without its secret. */
export const ShareLinkSchema = z.object({
  id: IdSchema,
  name: z.string(),
  path: z.string(),
  createdBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
});
export type ShareLink = z.infer<typeof ShareLinkSchema>;

/** The answer to `POST /api/share-links`: the only time the secret is shown. It stands behind the `#`, which browsers do not send. */
export const CreatedShareLinkSchema = ShareLinkSchema.extend({ url: z.string() });
export type CreatedShareLink = z.infer<typeof CreatedShareLinkSchema>;

/** `POST /api/share/session`: what the page of a link sends to be let in. */
export const ShareSecretSchema = z.strictObject({ secret: z.string().min(1).max(100) });
export type ShareSecret = z.infer<typeof ShareSecretSchema>;

/** Its answer: where to go. */
export const OpenedShareLinkSchema = z.object({ path: z.string() });
export type OpenedShareLink = z.infer<typeof OpenedShareLinkSchema>;
