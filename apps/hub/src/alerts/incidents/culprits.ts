import type { IncidentCulprit } from '@hostdeck/contracts';
import { Injectable } from '@nestjs/common';

/** Knows which processes used most on a host at a moment. */
export abstract class CulpritSource {
  /** Those that used most at `time` (hub's clock), the greatest first; none when nothing is known of that time. */
  abstract at(hostId: string, time: number): Promise<IncidentCulprit[]>;
}

/** Where no processes are kept. */
@Injectable()
export class NoCulprits extends CulpritSource {
  at(): Promise<IncidentCulprit[]> {
    return Promise.resolve([]);
  }
}

/** A message waits no longer for culprits, ms: they are a help, the message is what counts. */
const PATIENCE = 300;

/** Asks for culprits; what takes too long is not waited for. */
export async function culpritsWithin(
  source: CulpritSource,
  hostId: string,
  time: number,
): Promise<IncidentCulprit[]> {
  let timer: NodeJS.Timeout | null = null;
  const tooLate = new Promise<IncidentCulprit[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE);
  });
  try {
    return await Promise.race([source.at(hostId, time), tooLate]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}
