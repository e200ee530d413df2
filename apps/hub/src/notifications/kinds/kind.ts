import {
  ChannelFieldSchema,
  type ChannelField,
  type ChannelKind,
  type ChannelKindInfo,
} from '@hostdeck/contracts';
import { z } from 'zod';
import type { Notice } from '../message/notice';
import type { PushSubscription } from '../push/push-message';
import type { VapidKeys } from '../push/vapid';
import type { Outgoing } from '../sending/outgoing';

/** What some kinds need besides the notice and their configuration. */
export interface Surroundings {
  /** Ms since the epoch. */
  readonly now: number;
  /** Browsers that have asked for messages. */
  readonly subscriptions: () => Promise<readonly PushSubscription[]>;
  readonly vapidKeys: () => Promise<VapidKeys>;
}

/** A kind as its file describes it. */
interface Definition<Config extends z.ZodObject> {
  readonly kind: ChannelKind;
  readonly label: string;
  /** Whether many messages at once can become one digest. */
  readonly digests: boolean;
  /** Fields; `title`, `description` and `writeOnly` (a secret) are told with `meta`. */
  readonly config: Config;
  /** Fields that say where the secrets are sent: when one changes, the secrets must be given anew. */
  readonly destination: readonly (keyof z.output<Config> & string)[];
  /** Turns a notice into what is sent. Everything in it may come from a hostile host: it must stay plain text there. */
  readonly render: (
    notice: Notice,
    config: z.output<Config>,
    surroundings: Surroundings,
  ) => readonly Outgoing[] | Promise<readonly Outgoing[]>;
}

/** A kind of channel, whatever its configuration looks like. */
export interface Kind {
  readonly kind: ChannelKind;
  readonly label: string;
  readonly digests: boolean;
  readonly config: z.ZodObject;
  readonly destination: readonly string[];
  readonly fields: readonly ChannelField[];
  /** @param config all of its fields, the secret ones too */
  render(notice: Notice, config: unknown, surroundings: Surroundings): Promise<readonly Outgoing[]>;
}

export function defineKind<Config extends z.ZodObject>(definition: Definition<Config>): Kind {
  const { kind, label, digests, config, destination } = definition;
  return {
    kind,
    label,
    digests,
    config,
    destination,
    fields: fieldsOf(config),
    render: async (notice, values, surroundings) =>
      definition.render(notice, config.parse(values), surroundings),
  };
}

/** What a form asks of a kind. */
export function infoOf({ kind, label, digests, fields }: Kind): ChannelKindInfo {
  return { kind, label, digests, fields: [...fields] };
}

/** The part of JSON Schema that our fields use. */
const FieldJson = z.object({
  type: z.enum(['string', 'integer', 'boolean', 'array']),
  title: z.string(),
  description: z.string().nullable().default(null),
  writeOnly: z.boolean().default(false),
  multiline: z.boolean().default(false),
  default: ChannelFieldSchema.shape.initial.default(null),
  enum: z.array(z.string()).default([]),
});

const ConfigJson = z.object({
  properties: z.record(z.string(), FieldJson),
  required: z.array(z.string()).default([]),
});

function typeOf({ type, multiline, enum: choices }: z.output<typeof FieldJson>) {
  switch (type) {
    case 'integer':
      return 'number';
    case 'boolean':
      return 'flag';
    case 'array':
      return 'list';
    case 'string':
      if (choices.length > 0) return 'choice';
      return multiline ? 'lines' : 'text';
  }
}

function fieldsOf(config: z.ZodObject): ChannelField[] {
  const { properties, required } = ConfigJson.parse(z.toJSONSchema(config, { io: 'input' }));
  return Object.entries(properties).map(([name, field]) => ({
    name,
    label: field.title,
    help: field.description,
    type: typeOf(field),
    secret: field.writeOnly,
    required: required.includes(name),
    initial: field.default,
    choices: field.enum,
  }));
}
