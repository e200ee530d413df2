import { z } from 'zod';
import { TagsSchema } from './hosts';
import { IdSchema, PublicKeySchema } from './identity';
import { displayText } from './text';

/** How long a join token lives unless said otherwise, and at most: one day, one year. In ms. */
export const DEFAULT_TOKEN_LIFETIME = 86_400_000;
export const MAX_TOKEN_LIFETIME = 365 * 86_400_000;

/** `POST /api/enrollment-tokens`. */
export const NewEnrollmentTokenSchema = z.strictObject({
  /** Ms until it expires. */
  expiresIn: z.number().int().positive().max(MAX_TOKEN_LIFETIME).default(DEFAULT_TOKEN_LIFETIME),
  /** How many agents may join with it. */
  uses: z.number().int().positive().max(100_000).default(1),
  /** Tags every host that joins with it gets. */
  tags: TagsSchema.default([]),
});
export type NewEnrollmentToken = z.input<typeof NewEnrollmentTokenSchema>;

/** A join token without its secret. */
export const EnrollmentTokenSchema = z.object({
  id: IdSchema,
  createdAt: z.number(),
  expiresAt: z.number(),
  /** Uses left. */
  uses: z.number(),
  tags: z.array(z.string()),
});
export type EnrollmentToken = z.infer<typeof EnrollmentTokenSchema>;

/** The answer to `POST /api/enrollment-tokens`: the only time the secret is shown. */
export const CreatedEnrollmentTokenSchema = EnrollmentTokenSchema.extend({
  token: z.string(),
  /** The one line that installs, enrolls and starts an agent. */
  command: z.string(),
});
export type CreatedEnrollmentToken = z.infer<typeof CreatedEnrollmentTokenSchema>;

/** `POST /api/enroll`, sent by an agent. */
export const EnrollSchema = z.strictObject({
  token: z.string().min(1).max(256),
  publicKey: PublicKeySchema,
  hostname: displayText(255),
  tags: TagsSchema.default([]),
});
export type Enroll = z.input<typeof EnrollSchema>;

/** The answer: the agent's id and the hub's key, which the agent pins. */
export const EnrolledSchema = z.object({ agentId: IdSchema, hubPublicKey: PublicKeySchema });
export type Enrolled = z.infer<typeof EnrolledSchema>;
