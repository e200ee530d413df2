import { FrameBatchSchema, type Frame, type FramesResult } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Batch } from '../ingest/batch';
import { IngestService } from '../ingest/ingest.service';
import { LOGGER, type Logger } from '../logging/logger';
import type { SeriesLayout } from '../schemas/layout';
import { parseWire, WireFailure } from '../sockets/wire-failure';
import { AgentAnswers } from './agent-answers';
import type { AgentSocket } from './agent-connection';
import { isFrameBatch } from './frame-batch';
import { writeFramesAck } from './frames-ack';
import { codeOfFrameIssue } from './issue-codes';

/**
 * Takes frames from agents. Nearly every event is one of these, so that they come here straight from the parser, without Nest's and
 * Socket.IO's layers for handlers and acks, and without a promise for each layer.
 */
@Injectable()
export class FramesIntake {
  constructor(
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(AgentAnswers) private readonly answers: AgentAnswers,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Answers the frames of a socket. */
  bind(socket: AgentSocket): void {
    socket.on('frames', (payload: unknown, id: unknown) => {
      this.take(socket, payload, (result) => this.ack(socket, id, result));
    });
  }

  /** @param answer called once, when the frames are stored or refused */
  private take(
    socket: AgentSocket,
    payload: unknown,
    answer: (result: FramesResult) => void,
  ): void {
    const refuse = (error: unknown) => answer(this.answers.refuse(socket, error));
    const submit = (batch: Batch) => this.ingest.submit(batch, answer);
    try {
      const batch = this.read(socket, payload);
      // A promise while its layout is being stored.
      if (batch instanceof Promise) batch.then(submit).catch(refuse);
      else submit(batch);
    } catch (error) {
      refuse(error);
    }
  }

  private read(socket: AgentSocket, payload: unknown): Batch | Promise<Batch> {
    const { step, layouts } = socket.data.connection;
    if (step.name !== 'greeted') {
      throw new WireFailure('out_of_order', 'say hello and send a schema before sending frames');
    }
    const { epoch, schema, frames } = isFrameBatch(payload)
      ? payload
      : parseWire(FrameBatchSchema, payload, codeOfFrameIssue);
    const { outbox, backlogUpTo } = step;
    if (epoch !== outbox.epoch) {
      throw new WireFailure('wrong_epoch', `hello announced the epoch ${outbox.epoch}`);
    }
    const known = layouts.get(schema);
    if (known === undefined) {
      throw new WireFailure('unknown_schema', `send schema ${schema} before frames in it`);
    }
    const withLayout = (layout: SeriesLayout): Batch => {
      requireValues(frames, layout.keys.length);
      return { outbox, layout, frames, backlogUpTo };
    };
    return known instanceof Promise ? known.then(withLayout) : withLayout(known);
  }

  private ack(socket: AgentSocket, id: unknown, result: FramesResult): void {
    // Who sent no number asks for no ack.
    if (typeof id !== 'number') return;
    try {
      writeFramesAck(socket, id, result);
    } catch (error) {
      this.logger.error({ err: error }, 'an ack could not be written');
    }
  }
}

/** Refuses frames that do not have a value for every series. */
function requireValues(frames: readonly Frame[], length: number): void {
  for (const [seq, , values] of frames) {
    if (values.length === length) continue;
    throw new WireFailure(
      'wrong_length',
      `frame ${seq} has ${values.length} values, its schema ${length} series`,
    );
  }
}
