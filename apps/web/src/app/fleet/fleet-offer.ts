import type { MetricId } from '@hostdeck/contracts';
import type { ExportOffer } from '../export/export-dialog';
import { EXPORT_TEXTS } from '../export/export.texts';
import { TIME_RANGES } from '../host/time-range';

/** What stands on the cards. */
const CARD_METRICS: readonly MetricId[] = [
  'cpu.busy',
  'load.1',
  'memory.used',
  'memory.used_share',
  'filesystem.used_share',
  'network.total.receive_bytes',
  'network.total.transmit_bytes',
  'uptime',
];

/** Hosts named in one address at most; of a longer one servers cut the end off. */
const MOST_NAMED = 100;

/** What an export of the fleet offers. @param all how many hosts there are; @param shown ids; @param now the hub's clock, ms since the epoch */
export function fleetOffer(all: number, shown: readonly string[], now: number): ExportOffer {
  const whole = {
    label: EXPORT_TEXTS.wholeFleet(all),
    value: { kind: 'fleet', hosts: null },
  } as const;
  const filtered = shown.length > 0 && shown.length < all && shown.length <= MOST_NAMED;
  const some = {
    label: EXPORT_TEXTS.shownHosts(shown.length),
    value: { kind: 'fleet', hosts: shown },
  } as const;
  return {
    lead: EXPORT_TEXTS.fleet,
    scopes: filtered ? [some, whole] : [whole],
    metrics: [
      { label: EXPORT_TEXTS.cardMetrics, value: CARD_METRICS },
      { label: EXPORT_TEXTS.allMetrics, value: null },
    ],
    spans: TIME_RANGES.map(({ label, span }) => ({
      label: EXPORT_TEXTS.lastSpan(label),
      value: { from: now - span, to: now },
    })),
    span: TIME_RANGES.findIndex(({ key }) => key === '24h'),
  };
}
