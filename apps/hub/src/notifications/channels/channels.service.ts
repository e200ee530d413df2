import type {
  ChannelChangeSchema,
  ChannelDraftSchema,
  NewChannelSchema,
} from '@hostdeck/contracts';
import { type Channel, type List, type PageQuery } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import { toPage } from '../../lists/page';
import { ProblemError } from '../../problems/problem';
import { KINDS } from '../kinds/kinds';
import type { Kind } from '../kinds/kind';
import type { Target } from '../queue/dispatcher';
import { SecretError } from '../secrets/secret-box';
import { completeConfig } from './channel-config';
import { ChannelSecrets } from './channel-secrets';
import { ChannelsRepository, type KeptChannel } from './channels.repository';

type Values = Readonly<Record<string, unknown>>;

/** Most channels there can be. */
const MOST_CHANNELS = 100;

/** Keeps channels; what leaves here never holds a secret, except as a {@link Target} for sending. */
@Injectable()
export class ChannelsService {
  constructor(
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(ChannelSecrets) private readonly secrets: ChannelSecrets,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ limit, cursor }: PageQuery): Promise<List<Channel>> {
    const rows = await this.channels.list(limit + 1, cursor ?? '');
    const waiting = await this.channels.waiting();
    const { items, next } = toPage(rows, limit, ({ id }) => id);
    return {
      items: items.map((channel) => this.mask(channel, waiting.get(channel.id) ?? 0)),
      ...(next === undefined ? {} : { next }),
    };
  }

  /** @throws {ProblemError} `not_found` */
  async read(id: string): Promise<Channel> {
    const channel = await this.find(id);
    const waiting = await this.channels.waiting();
    return this.mask(channel, waiting.get(id) ?? 0);
  }

  /** @throws {ProblemError} `bad_request` naming the fields of the configuration; `conflict` when there are too many. */
  async create(given: z.output<typeof NewChannelSchema>): Promise<Channel> {
    if ((await this.channels.list(MOST_CHANNELS, '')).length >= MOST_CHANNELS) {
      throw new ProblemError('conflict', `there are ${MOST_CHANNELS} channels already`);
    }
    const kind = KINDS[given.kind];
    const id = newId();
    const { open, secret } = this.secrets.split(kind, completeConfig(kind, given.config, null));
    const now = this.now();
    await this.channels.create({
      id,
      kind: given.kind,
      name: given.name,
      enabled: given.enabled,
      config: open,
      secrets: this.secrets.seal(secret, id),
      pace: given.pace,
      createdAt: now,
      changedAt: now,
    });
    return this.read(id);
  }

  /** @throws {ProblemError} `not_found`; `bad_request` naming the fields of the configuration. */
  async change(id: string, change: z.output<typeof ChannelChangeSchema>): Promise<Channel> {
    const channel = await this.find(id);
    const kind = KINDS[channel.kind];
    const config =
      change.config === undefined
        ? { config: channel.config, secrets: channel.secrets }
        : this.changedConfig(channel, kind, change.config);
    await this.channels.change({
      ...channel,
      name: change.name ?? channel.name,
      enabled: change.enabled ?? channel.enabled,
      pace: change.pace ?? channel.pace,
      ...config,
      changedAt: this.now(),
    });
    return this.read(id);
  }

  /** Removes a channel with its name, for the audit trail. @throws {ProblemError} `not_found` */
  async remove(id: string): Promise<string> {
    const { name } = await this.find(id);
    await this.channels.delete(id, this.now());
    return name;
  }

  /** A channel to send through. @throws {ProblemError} `not_found`. @throws {SecretError} */
  async target(id: string): Promise<Target> {
    const channel = await this.find(id);
    return {
      kind: KINDS[channel.kind],
      open: channel.config,
      secret: this.secrets.open(channel.secrets, id),
    };
  }

  /** A channel that is not saved, to send through. @throws {ProblemError} `not_found`; `bad_request`. */
  async draft(given: z.output<typeof ChannelDraftSchema>): Promise<Target> {
    const kind = KINDS[given.kind];
    const channel = given.id === undefined ? null : await this.find(given.id);
    const isSame = channel !== null && channel.kind === given.kind;
    const kept = isSame ? { open: channel.config, secret: this.keptSecrets(channel) } : null;
    return { kind, ...this.secrets.split(kind, completeConfig(kind, given.config, kept)) };
  }

  private changedConfig(channel: KeptChannel, kind: Kind, given: Values) {
    const kept = { open: channel.config, secret: this.keptSecrets(channel) };
    const { open, secret } = this.secrets.split(kind, completeConfig(kind, given, kept));
    return { config: open, secrets: this.secrets.seal(secret, channel.id) };
  }

  /** Secrets that cannot be decrypted any more are as if they were not there: they can be entered again. */
  private keptSecrets(channel: KeptChannel): Values {
    try {
      return this.secrets.open(channel.secrets, channel.id);
    } catch (error) {
      if (error instanceof SecretError) return {};
      throw error;
    }
  }

  private async find(id: string): Promise<KeptChannel> {
    const channel = await this.channels.find(id);
    if (channel === null) throw new ProblemError('not_found', 'there is no such channel');
    return channel;
  }

  private mask(channel: KeptChannel, waiting: number): Channel {
    const secret = this.keptSecrets(channel);
    const names = KINDS[channel.kind].fields.filter((field) => field.secret);
    return {
      id: channel.id,
      kind: channel.kind,
      name: channel.name,
      enabled: channel.enabled,
      config: { ...channel.config },
      secrets: Object.fromEntries(
        names.map(({ name }) => [name, { set: secret[name] !== undefined }]),
      ),
      pace: channel.pace,
      health: {
        waiting,
        lastSuccessAt: channel.lastSuccessAt,
        lastErrorAt: channel.lastErrorAt,
        lastError: channel.lastError,
        failures: channel.failures,
        pausedUntil: channel.pausedUntil > this.now() ? channel.pausedUntil : null,
      },
      createdAt: channel.createdAt,
      changedAt: channel.changedAt,
    };
  }
}
