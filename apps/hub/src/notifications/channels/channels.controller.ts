import {
  ChannelChangeSchema,
  ChannelDraftSchema,
  IdSchema,
  NewChannelSchema,
  PageQuerySchema,
  type Channel,
  type ChannelKindInfo,
  type List,
  type PageQuery,
  type TestAnswer,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Audited, type Actor } from '../../auth/audited';
import { CurrentActor } from '../../auth/request';
import { NOTIFICATION_ROUTES } from '../../openapi/notification-routes';
import { Route } from '../../openapi/route';
import { ProblemError } from '../../problems/problem';
import { ZodPipe } from '../../problems/zod.pipe';
import { KINDS } from '../kinds/kinds';
import { infoOf } from '../kinds/kind';
import { SecretError } from '../secrets/secret-box';
import { ChannelsService } from './channels.service';
import { TestMessage } from './test-message';

@Controller()
export class ChannelsController {
  constructor(
    @Inject(ChannelsService) private readonly channels: ChannelsService,
    @Inject(TestMessage) private readonly testMessage: TestMessage,
    @Inject(Audited) private readonly audited: Audited,
  ) {}

  @Route(NOTIFICATION_ROUTES.channelKinds)
  kinds(): List<ChannelKindInfo> {
    return { items: Object.values(KINDS).map(infoOf) };
  }

  @Route(NOTIFICATION_ROUTES.listChannels)
  list(@Query(new ZodPipe(PageQuerySchema)) query: PageQuery): Promise<List<Channel>> {
    return this.channels.list(query);
  }

  @Route(NOTIFICATION_ROUTES.getChannel)
  read(@Param('id', new ZodPipe(IdSchema)) id: string): Promise<Channel> {
    return this.channels.read(id);
  }

  @Route(NOTIFICATION_ROUTES.createChannel)
  async create(
    @Body(new ZodPipe(NewChannelSchema)) given: z.output<typeof NewChannelSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<Channel> {
    const channel = await this.channels.create(given);
    const { id, kind, name } = channel;
    await this.audited.record(actor, 'channel_created', { id, kind, name });
    return channel;
  }

  @Route(NOTIFICATION_ROUTES.changeChannel)
  async change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(ChannelChangeSchema)) change: z.output<typeof ChannelChangeSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<Channel> {
    const channel = await this.channels.change(id, change);
    const changed = Object.keys(change).join(', ');
    await this.audited.record(actor, 'channel_changed', { id, name: channel.name, changed });
    return channel;
  }

  @Route(NOTIFICATION_ROUTES.removeChannel)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const name = await this.channels.remove(id);
    await this.audited.record(actor, 'channel_removed', { id, name });
  }

  @Route(NOTIFICATION_ROUTES.testChannel)
  async test(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<TestAnswer> {
    const target = await this.channels.target(id).catch((error: unknown) => {
      if (!(error instanceof SecretError)) throw error;
      throw new ProblemError('conflict', `${error.message}; enter them again`, { cause: error });
    });
    await this.audited.record(actor, 'channel_tested', { id, kind: target.kind.kind });
    return this.testMessage.send(target);
  }

  @Route(NOTIFICATION_ROUTES.testDraft)
  async testDraft(
    @Body(new ZodPipe(ChannelDraftSchema)) draft: z.output<typeof ChannelDraftSchema>,
    @CurrentActor() actor: Actor,
  ): Promise<TestAnswer> {
    const target = await this.channels.draft(draft);
    await this.audited.record(actor, 'channel_tested', { id: draft.id ?? null, kind: draft.kind });
    return this.testMessage.send(target);
  }
}
