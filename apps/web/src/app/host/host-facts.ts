import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { HostSummary } from '@hostdeck/contracts';
import { durationWords, offsetWords } from '../units/duration';
import { formatValue } from '../units/quantity';
import { HOST_TEXTS } from './host.texts';

const TEXTS = HOST_TEXTS.facts;

/** What a host is, as its agent said. */
@Component({
  selector: 'hd-host-facts',
  template: `
    <dl data-testid="facts">
      @for (fact of facts(); track fact.name) {
        <div>
          <dt>{{ fact.name }}</dt>
          <dd [attr.title]="fact.value">
            <bdi>{{ fact.value }}</bdi>
          </dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 10px 28px;
    }
    div {
      min-width: 0;
      max-width: 340px;
    }
    dt {
      color: var(--hd-muted);
      font-size: 12px;
      line-height: 16px;
    }
    dd {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostFactsView {
  readonly host = input.required<HostSummary>();
  /** The hub's time, for the uptime. */
  readonly now = input.required<number>();

  protected readonly facts = computed(() => {
    const { facts, clockOffset, interval } = this.host();
    const booted = facts?.bootedAt ?? null;
    const rows: [name: string, value: string | null][] = [
      [TEXTS.os, facts?.os ?? facts?.platform ?? null],
      [TEXTS.kernel, facts?.kernel ?? null],
      [TEXTS.cpu, cpuText(facts?.cpuModel ?? null, facts?.cpuCount ?? null)],
      [TEXTS.memory, sizeText(facts?.memoryTotal ?? null)],
      [TEXTS.swap, sizeText(facts?.swapTotal ?? null)],
      [TEXTS.model, facts?.model ?? null],
      [TEXTS.uptime, booted === null ? null : this.uptime(booted)],
      [TEXTS.agent, facts?.agentVersion ?? null],
      [TEXTS.clock, clockOffset === null ? null : offsetWords(clockOffset)],
      [TEXTS.interval, durationWords(interval)],
    ];
    return rows.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  });

  /** The host said on its own clock when it was started. Of one that is silent nobody knows whether it still runs. */
  private uptime(bootedAt: number): string {
    const { status, lastSeen, clockOffset } = this.host();
    const isSilent = status === 'down' || status === 'stale';
    const until = isSilent && lastSeen !== null ? lastSeen : this.now();
    return durationWords(until + (clockOffset ?? 0) - bootedAt);
  }
}

function cpuText(model: string | null, count: number | null): string | null {
  const parts = [model, count === null ? null : HOST_TEXTS.logical(count)];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' · ');
}

/** A size; none at all, such as no swap, is not listed. */
function sizeText(bytes: number | null): string | null {
  return bytes === null || bytes === 0 ? null : formatValue('bytes', bytes);
}
