import type { AlertsSnapshot } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import type { LiveNamespace, LiveSocket } from '../../live/live-socket';
import type { Incident } from '../incidents/incident';
import { IncidentsService } from '../incidents/incidents.service';
import { countFiring, toSummary } from '../incidents/views';

/** The room of those who look at alerts. */
const ALERTS_ROOM = 'alerts';

/** Sends how much fires and the incidents that changed, in one message a tick. */
@Injectable()
export class AlertsFeed {
  private readonly sockets = new Set<LiveSocket>();
  /** Those that could not be sent something: they get everything once they can take it. */
  private readonly behind = new Set<LiveSocket>();
  private readonly changed = new Map<string, Incident>();

  constructor(
    @Inject(IncidentsService) private readonly incidents: IncidentsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    incidents.events.on('changed', (changed) => {
      if (this.sockets.size === 0) return;
      for (const incident of changed) this.changed.set(incident.id, incident);
    });
  }

  async join(socket: LiveSocket): Promise<AlertsSnapshot> {
    this.sockets.add(socket);
    this.behind.delete(socket);
    await socket.join(ALERTS_ROOM);
    const hubTime = this.now();
    const open = this.incidents.open();
    return {
      room: 'alerts',
      hubTime,
      counts: countFiring(open),
      incidents: open.map((incident) => toSummary(incident, hubTime)),
    };
  }

  async leave(socket: LiveSocket): Promise<void> {
    this.sockets.delete(socket);
    this.behind.delete(socket);
    await socket.leave(ALERTS_ROOM);
  }

  /** Sends what changed since the last tick. */
  tick(namespace: LiveNamespace): void {
    if (this.sockets.size === 0) {
      this.changed.clear();
      return;
    }
    if (this.changed.size === 0 && this.behind.size === 0) return;
    const now = this.now();
    const counts = countFiring(this.incidents.open());
    const apart: string[] = [];
    for (const socket of this.sockets) {
      const state = socket.data.watcher.judge(now);
      if (state === 'ready' && !this.behind.has(socket)) continue;
      apart.push(socket.id);
      if (state === 'drop') socket.disconnect(true);
      else if (state === 'wait') this.behind.add(socket);
      else {
        this.behind.delete(socket);
        const all = [...this.incidents.open(), ...this.changed.values()];
        socket.emit('alerts', { hubTime: now, counts, incidents: summaries(all, now) });
      }
    }
    if (this.changed.size > 0) {
      const incidents = summaries(this.changed.values(), now);
      namespace.to(ALERTS_ROOM).except(apart).emit('alerts', { hubTime: now, counts, incidents });
    }
    this.changed.clear();
  }
}

/** Each incident once, as it was given last. */
function summaries(incidents: Iterable<Incident>, now: number) {
  const last = new Map(Array.from(incidents, (incident) => [incident.id, incident]));
  return Array.from(last.values(), (incident) => toSummary(incident, now));
}
