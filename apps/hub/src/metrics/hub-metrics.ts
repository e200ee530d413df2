import { HOST_STATUSES, HOSTDECK_VERSION } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { AgentAnswers } from '../agents/agent-answers';
import { AgentSockets } from '../agents/agent-sockets';
import { Database } from '../database/database';
import { HostsService } from '../hosts/hosts.service';
import { IngestService } from '../ingest/ingest.service';
import { format, type Family, type Sample } from './exposition';

/** One family with its samples. */
type Line = readonly [
  name: string,
  type: Family['type'],
  help: string,
  samples: number | readonly Sample[],
];

/** What the hub tells of itself. */
@Injectable()
export class HubMetrics {
  constructor(
    @Inject(AgentSockets) private readonly agents: AgentSockets,
    @Inject(AgentAnswers) private readonly answers: AgentAnswers,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(Database) private readonly database: Database,
  ) {}

  async write(): Promise<string> {
    const lines = [...this.process(), ...this.frames(), ...(await this.storage())];
    return lines
      .map(([name, type, help, samples]) =>
        format({ name, type, help }, typeof samples === 'number' ? [{ value: samples }] : samples),
      )
      .join('');
  }

  private process(): Line[] {
    const { user, system } = process.cpuUsage();
    const counts = new Map(HOST_STATUSES.map((status) => [status, 0]));
    for (const { status } of this.hosts.all()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return [
      [
        'hostdeck_hub_info',
        'gauge',
        'The hub',
        [{ labels: { version: HOSTDECK_VERSION }, value: 1 }],
      ],
      // The names that Prometheus gives to these of every process.
      ['process_cpu_seconds_total', 'counter', 'CPU time used', (user + system) / 1e6],
      ['process_resident_memory_bytes', 'gauge', 'Memory in use', process.memoryUsage.rss()],
      [
        'hostdeck_hub_hosts',
        'gauge',
        'Hosts by status',
        [...counts].map(([status, value]) => ({ labels: { status }, value })),
      ],
      ['hostdeck_hub_agents_connected', 'gauge', 'Agents connected', this.agents.count],
    ];
  }

  private frames(): Line[] {
    const { counts } = this.ingest;
    const outcomes = {
      stored: counts.stored,
      duplicate: counts.duplicate,
      set_aside: counts.setAside,
      too_old: counts.tooOld,
      refused: counts.refused,
    };
    return [
      [
        'hostdeck_hub_frames_total',
        'counter',
        'Frames by what became of them',
        Object.entries(outcomes).map(([outcome, value]) => ({ labels: { outcome }, value })),
      ],
      ['hostdeck_hub_late_frames_total', 'counter', 'Frames that came from a backlog', counts.late],
      [
        'hostdeck_hub_requests_refused_total',
        'counter',
        'Events of agents that were refused',
        this.answers.refusedCount,
      ],
    ];
  }

  private async storage(): Promise<Line[]> {
    const { counts } = this.ingest;
    const { rows } = await sql<{ bytes: number }>`
      SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()`.execute(
      this.database.read,
    );
    return [
      [
        'hostdeck_hub_commit_seconds',
        'summary',
        'Time the commits of frames took',
        [
          { suffix: '_sum', value: counts.commitTime / 1_000 },
          { suffix: '_count', value: counts.commits },
        ],
      ],
      [
        'hostdeck_hub_storage_errors_total',
        'counter',
        'Commits of frames that failed',
        counts.storageErrors,
      ],
      [
        'hostdeck_hub_database_bytes',
        'gauge',
        'Size of the database, without its log',
        rows[0]?.bytes ?? NaN,
      ],
    ];
  }
}
