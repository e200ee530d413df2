/**
 * Wire protocol between agent and hub: Socket.IO namespace `/agents`, WebSocket only, JSON.
 * `docs/protocol.md` is its reference in prose. Times are ms since the epoch.
 */
import { z } from 'zod';
import { HostFactsSchema } from './facts';
import { EpochSchema, IdSchema, NonceSchema, SignatureSchema } from './identity';
import { CulpritsSchema, type ProcessScan } from './processes';
import { resultSchema, type Result } from './result';
import { SeriesKeySchema } from './series-key';
import { AgentSettingsSchema, type AgentReport, type AgentSettings } from './settings';
import { displayText, toDisplayText } from './text';

/** The Socket.IO namespace of agents. */
export const AGENT_NAMESPACE = '/agents';

/** Bounds of what an agent may send; announced in the answer to `hello` and enforced by the hub. */
export interface WireLimits {
  /** Longest Socket.IO message, bytes. */
  readonly messageBytes: number;
  readonly framesPerBatch: number;
  readonly seriesPerSchema: number;
  /** Batches sent and not yet acked. */
  readonly batchesInFlight: number;
}

/** The limits of this protocol version. */
export const WIRE_LIMITS: WireLimits = {
  messageBytes: 256 * 1024,
  framesPerBatch: 100,
  seriesPerSchema: 2_000,
  batchesInFlight: 4,
};

/** Handshake `auth` object of the connection: who the agent says it is, and its nonce for the hub to sign. */
export const AgentAuthSchema = z.strictObject({
  agentId: IdSchema,
  nonce: NonceSchema,
  protocol: z.strictObject({ min: z.number().int(), max: z.number().int() }),
});
export type AgentAuth = z.infer<typeof AgentAuthSchema>;

/** Hub → agent, first event: the hub's proof over the agent's nonce, and the hub's own nonce. */
export const ChallengeSchema = z.object({
  nonce: NonceSchema,
  signature: SignatureSchema,
  protocol: z.number().int(),
});
export type Challenge = z.infer<typeof ChallengeSchema>;

/** Agent → hub, answer to `challenge`: the agent's proof over both nonces. */
export const ProofSchema = z.strictObject({ signature: SignatureSchema });
export type Proof = z.infer<typeof ProofSchema>;

const Seq = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const Timestamp = z.number().int().nonnegative().max(8.64e15);

/** First and last of a run of frame numbers, both included. */
export const SeqRangeSchema = z.tuple([Seq, Seq]);
export type SeqRange = z.infer<typeof SeqRangeSchema>;

/** Agent → hub, once per connection after the proof. */
export const HelloSchema = z.strictObject({
  epoch: EpochSchema,
  /** Oldest and newest frame in the outbox; both `null` when it is empty. */
  oldestSeq: Seq.nullable(),
  newestSeq: Seq.nullable(),
  /** The agent's clock at sending. */
  sentAt: Timestamp,
  /** Sampling interval of the agent's own configuration, ms: what the hub sets counts more. The one in force is in `report`. */
  interval: z.number().int().positive(),
  facts: HostFactsSchema,
});
export type Hello = z.infer<typeof HelloSchema>;

export const HelloResultSchema = resultSchema({
  /** Frames of this epoch the hub has stored, ascending and disjoint; the agent forgets these. */
  stored: z.array(SeqRangeSchema),
  settings: AgentSettingsSchema,
  limits: z.object({
    messageBytes: z.number().int().positive(),
    framesPerBatch: z.number().int().positive(),
    seriesPerSchema: z.number().int().positive(),
    batchesInFlight: z.number().int().positive(),
  }),
  /** The hub's clock at answering. */
  hubTime: Timestamp,
});
export type HelloResult = Result<{
  stored: SeqRange[];
  settings: AgentSettings;
  limits: WireLimits;
  hubTime: number;
}>;

/** Agent → hub: the series that frames of schema `number` carry, in order. Sent before the first frame that uses it, on every connection. */
export const SchemaSchema = z.strictObject({
  number: z.number().int().nonnegative(),
  series: z
    // The names of disks, mounts, containers … come from a host: whatever agent sends them, they are one legible line.
    .array(SeriesKeySchema.transform(toDisplayText))
    .max(WIRE_LIMITS.seriesPerSchema)
    .refine((keys) => new Set(keys).size === keys.length, 'a series stands twice in the schema'),
});
export type Schema = z.infer<typeof SchemaSchema>;

/**
 * All values of one tick, in the order of the schema; `null` is unknown. A frame whose tick sampled them carries the culprits
 * of the host too, so that they are kept, replayed and stored once as the values are.
 */
export const FrameSchema = z.tuple([
  Seq,
  Timestamp,
  z.array(z.number().nullable()),
  CulpritsSchema.optional(),
]);
export type Frame = z.infer<typeof FrameSchema>;

/** Agent → hub: frames under one schema, acked once they are stored. */
export const FrameBatchSchema = z.strictObject({
  epoch: EpochSchema,
  schema: z.number().int().nonnegative(),
  frames: z.array(FrameSchema).min(1).max(WIRE_LIMITS.framesPerBatch),
});
export type FrameBatch = z.infer<typeof FrameBatchSchema>;

export const FramesResultSchema = resultSchema({
  /** Frames of the batch that were new; the others were stored before. All are stored now. */
  fresh: z.number().int().nonnegative(),
});
export type FramesResult = Result<{ fresh: number }>;

/** Why a side leaves. `restart` promises to be back soon. */
export const GOODBYE_REASONS = ['shutdown', 'restart', 'replaced', 'revoked', 'busy'] as const;

export const GoodbyeSchema = z.object({
  reason: z.enum(GOODBYE_REASONS),
  message: displayText(500),
  /** Ms to wait before connecting again; absent: the receiver's own backoff. */
  retryAfter: z.number().int().nonnegative().optional(),
});
export type Goodbye = z.infer<typeof GoodbyeSchema>;

/**
 * Hub → agent: somebody looks at this host. Holds for `lease` ms and is sent again before it ends; a lease of 0 ends it at
 * once. With `processes` the agent scans them at its interval and sends what changed.
 */
export const FocusSchema = z.object({
  lease: z.number().int().nonnegative().max(120_000),
  processes: z.boolean(),
});
export type Focus = z.infer<typeof FocusSchema>;

/** Answer to an event that carries nothing back. */
export const EmptyResultSchema = resultSchema({});

/** Events an agent sends. */
export interface AgentToHubEvents {
  prove: (proof: Proof, ack: (result: Result) => void) => void;
  hello: (hello: Hello, ack: (result: HelloResult) => void) => void;
  schema: (schema: Schema, ack: (result: Result) => void) => void;
  frames: (batch: FrameBatch, ack: (result: FramesResult) => void) => void;
  /** Part of a scan; refused with `out_of_order` when the hub lost what it is the difference to: the next scan is a first one. */
  processes: (scan: ProcessScan, ack: (result: Result) => void) => void;
  report: (report: AgentReport, ack: (result: Result) => void) => void;
  goodbye: (goodbye: Goodbye, ack: (result: Result) => void) => void;
}

/** Events the hub sends to an agent. */
export interface HubToAgentEvents {
  challenge: (challenge: Challenge) => void;
  settings: (settings: AgentSettings) => void;
  focus: (focus: Focus) => void;
  goodbye: (goodbye: Goodbye) => void;
}
