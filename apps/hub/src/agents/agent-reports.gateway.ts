import {
  AGENT_NAMESPACE,
  AgentReportSchema,
  failure,
  GoodbyeSchema,
  ProcessScanSchema,
  type Result,
} from '@hostdeck/contracts';
import { Inject } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { FocusService } from '../processes/focus.service';
import { ProcessTables } from '../processes/process-tables.service';
import { parseWire, WireFailure } from '../sockets/wire-failure';
import { AgentAnswers } from './agent-answers';
import { requireStep, type AgentSocket } from './agent-connection';

/** Takes what agents say beside frames: their processes while somebody looks, how they are doing, and that they leave. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
export class AgentReportsGateway {
  constructor(
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(FocusService) private readonly focus: FocusService,
    @Inject(ProcessTables) private readonly tables: ProcessTables,
    @Inject(AgentAnswers) private readonly answers: AgentAnswers,
  ) {}

  @SubscribeMessage('processes')
  processes(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answers.answer<{ ok: true }>(socket, () => {
      const host = this.greetedHost(socket);
      // On its way when the last one left: no mistake of the agent's, and nothing to read.
      if (this.focus.current(host)?.processes !== true) {
        return Promise.resolve(failure('out_of_order', 'nobody looks at the processes'));
      }
      this.tables.take(host, parseWire(ProcessScanSchema, payload));
      return { ok: true };
    });
  }

  @SubscribeMessage('report')
  report(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answers.answer<{ ok: true }>(socket, () => {
      const host = this.greetedHost(socket);
      const report = parseWire(AgentReportSchema, payload);
      this.tables.noteKnows(host);
      this.hosts.report(host, report);
      return { ok: true };
    });
  }

  @SubscribeMessage('goodbye')
  goodbye(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answers.answer<{ ok: true }>(socket, () => {
      const { host, step } = socket.data.connection;
      if (step.name === 'challenged') {
        throw new WireFailure('out_of_order', 'prove who you are before saying goodbye');
      }
      const { reason } = parseWire(GoodbyeSchema, payload);
      if (reason === 'restart') this.hosts.announceRestart(host);
      return { ok: true };
    });
  }

  private greetedHost(socket: AgentSocket): Host {
    const { connection } = socket.data;
    requireStep(connection, 'greeted', 'say hello first');
    return connection.host;
  }
}
