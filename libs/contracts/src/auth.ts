import { z } from 'zod';
import { IdSchema } from './identity';
import { ROLES } from './role';
import { toDisplayText } from './text';

export const RoleSchema = z.enum(ROLES);

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

/** A person who can sign in, as administrators see them. */
export const UserSchema = z.object({
  id: IdSchema,
  username: z.string(),
  role: RoleSchema,
  /** `invited`: has not set a password yet; `disabled`: cannot sign in. */
  status: z.enum(['active', 'invited', 'disabled']),
  createdAt: z.number(),
  /** `null`: never. */
  lastSignInAt: z.number().nullable(),
});
export type UserInfo = z.infer<typeof UserSchema>;

/** `POST /api/users`: the user sets a password through the link in the answer. */
export const NewUserSchema = z.strictObject({ username: UsernameSchema, role: RoleSchema });
export type NewUserInfo = z.input<typeof NewUserSchema>;

/** A link by which a user sets a password: shown once, good once. */
export const InviteSchema = z.object({
  /** Path of the page with the token after `#`, which browsers do not send to servers. */
  path: z.string(),
  token: z.string(),
  expiresAt: z.number(),
});
export type Invite = z.infer<typeof InviteSchema>;

/** The answer to `POST /api/users`. */
export const CreatedUserSchema = z.object({ user: UserSchema, invite: InviteSchema });
export type CreatedUser = z.infer<typeof CreatedUserSchema>;

/** `PATCH /api/users/:id`. */
export const UserChangeSchema = z.strictObject({
  role: RoleSchema.optional(),
  disabled: z.boolean().optional(),
});
export type UserChange = z.infer<typeof UserChangeSchema>;

const InviteTokenSchema = z.string().min(1).max(256);

/** `POST /api/invites/check`: whom a link is for. */
export const InviteCheckSchema = z.strictObject({ token: InviteTokenSchema });
export const InvitedSchema = z.object({ username: z.string(), expiresAt: z.number() });
export type Invited = z.infer<typeof InvitedSchema>;

/** `POST /api/invites/accept`: sets the password and signs in. */
export const InviteAcceptanceSchema = z.strictObject({
  token: InviteTokenSchema,
  password: NewPasswordSchema,
});
export type InviteAcceptance = z.infer<typeof InviteAcceptanceSchema>;

/** `POST /api/auth/password`: changes one's own password and ends one's other sessions. */
export const PasswordChangeSchema = z.strictObject({
  current: z.string().max(256),
  password: NewPasswordSchema,
});
export type PasswordChange = z.infer<typeof PasswordChangeSchema>;

/** A browser that is signed in. */
export const SessionInfoSchema = z.object({
  id: IdSchema,
  createdAt: z.number(),
  expiresAt: z.number(),
  /** Where it signed in from; `null`: not recorded. */
  address: z.string().nullable(),
  /** What the browser says it is; `null`: not recorded. */
  browser: z.string().nullable(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfoSchema>;
