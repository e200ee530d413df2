import { z } from 'zod';
import { IdSchema } from './identity';
import { toDisplayText } from './text';

/** Rights grow from left to right: a viewer reads, an operator also changes hosts and alerts, an admin also people and keys. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

export const UsernameSchema = z
  .string()
  .trim()
  .min(1, 'a user name is needed')
  .max(64, 'a user name has at most 64 characters')
  .transform(toDisplayText);

/** NIST SP 800-63B: length is what counts, no composition rules; the upper bound keeps hashing cheap. */
export const NewPasswordSchema = z
  .string()
  .min(8, 'a password has at least 8 characters')
  .max(256, 'a password has at most 256 characters');

/** `POST /api/auth/login`. */
export const LoginSchema = z.strictObject({
  username: z.string().max(256),
  password: z.string().max(256),
});
export type Login = z.infer<typeof LoginSchema>;

/** `GET /api/auth/me`, and the answer to a sign-in. */
export const MeSchema = z.object({ id: IdSchema, username: z.string(), role: RoleSchema });
export type Me = z.infer<typeof MeSchema>;

/** `GET /api/setup`: whether the first administrator is still to be made. */
export const SetupStateSchema = z.object({ needed: z.boolean() });
export type SetupState = z.infer<typeof SetupStateSchema>;

/** `POST /api/setup`: makes the first administrator; `code` is the one-time code the hub printed. */
export const SetupSchema = z.strictObject({
  code: z.string().trim().min(1, 'the code the hub printed is needed').max(64),
  username: UsernameSchema,
  password: NewPasswordSchema,
});
export type Setup = z.infer<typeof SetupSchema>;

/** `POST /api/tokens`. */
export const NewApiTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).transform(toDisplayText),
  role: RoleSchema.default('viewer'),
});
export type NewApiToken = z.input<typeof NewApiTokenSchema>;

/** An API token without its secret. */
export const ApiTokenSchema = z.object({
  id: IdSchema,
  name: z.string(),
  role: RoleSchema,
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
});
export type ApiToken = z.infer<typeof ApiTokenSchema>;

/** The answer to `POST /api/tokens`: the only time the secret is shown. */
export const CreatedApiTokenSchema = ApiTokenSchema.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof CreatedApiTokenSchema>;
