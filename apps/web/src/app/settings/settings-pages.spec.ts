import { HttpTestingController } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AgentReport,
  AgentSettingsSchema,
  DEFAULT_SETTINGS,
  type HostSettings,
  type Me,
} from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { NOW } from '../../../test/fleet-samples';
import { HOST_ID, hostSummary } from '../../../test/host-samples';
import { ADMIN, BlankPage, pageProviders, VIEWER } from '../../../test/page-providers';
import { Session } from '../session/session';
import { FleetSettingsPage } from './fleet-settings-page';
import { HostSettingsView } from './host-settings';

@Component({
  selector: 'hd-page-with-settings',
  imports: [HostSettingsView],
  template: `<hd-host-settings [hostId]="hostId" [now]="now" />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class PageWithSettings {
  protected readonly hostId = HOST_ID;
  protected readonly now = NOW;
}

const URL = `/api/hosts/${HOST_ID}/settings`;
const SOURCE = { from: 'default' } as const;
const SETTINGS: HostSettings = {
  effective: AgentSettingsSchema.parse({ ...DEFAULT_SETTINGS, interval: 5_000, adaptive: false }),
  sources: {
    interval: { from: 'tag', tag: 'db' },
    watchedInterval: SOURCE,
    adaptive: { from: 'host' },
    disabled: { from: 'agent' },
    mounts: SOURCE,
    networkMounts: SOURCE,
    disks: SOURCE,
    interfaces: SOURCE,
    containers: SOURCE,
    services: SOURCE,
    processes: SOURCE,
    commandLines: SOURCE,
  },
  own: { adaptive: false },
};
const REPORT: AgentReport = {
  interval: 1_000,
  reason: 'watched',
  collectors: [
    { name: 'smart', trouble: 'failing', message: '<b>no smartctl</b>', since: NOW - 60_000 },
  ],
};

async function open(page: Type<unknown>, me: Me = ADMIN) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: '**', component: BlankPage }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  const fixture = TestBed.createComponent(page);
  const element = fixture.nativeElement as HTMLElement;
  const settled = async () => {
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
  };
  await settled();
  const find = (selector: string) => element.querySelector<HTMLElement>(selector);
  return {
    http,
    settled,
    find,
    element,
    text: (selector: string) => find(selector)?.textContent.replaceAll(/\s+/g, ' ').trim(),
    /** The value of a setting and where it comes from. */
    row: (name: string, within = '') =>
      [...element.querySelectorAll(`${within} [data-testid=setting-${name}] .value bdi`)].map(
        (one) => one.textContent.replaceAll('\u00a0', ' '),
      ),
    click: async (selector: string) => {
      find(selector)?.click();
      await settled();
    },
    type: async (selector: string, text: string) => {
      const field = find(selector);
      if (!(field instanceof HTMLInputElement)) throw new Error(`no field ${selector}`);
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await settled();
    },
  };
}

async function openHost(me: Me = ADMIN) {
  const page = await open(PageWithSettings, me);
  page.http.expectOne({ method: 'GET', url: URL }).flush(SETTINGS);
  page.http.expectOne(`/api/hosts/${HOST_ID}`).flush(hostSummary({ report: REPORT }));
  await page.settled();
  return page;
}

describe('the settings of a host', () => {
  it('stand with where each comes from, beside what the agent says of itself', async () => {
    const { text, element, row } = await openHost();
    expect(row('interval')).toEqual(['5 s', 'From tag db']);
    expect(row('adaptive')).toEqual(['Off', 'Set here']);
    expect(row('disabled')).toEqual(['All on', 'From the agent’s own configuration']);
    expect(text('[data-testid=interval-in-force]')).toBe(
      'Samples every 1 s, because somebody looks at it.',
    );
    expect(text('[data-testid=trouble]')).toBe('SMARTFails<b>no smartctl</b>for 1 min');
    expect(element.querySelector('[data-testid=trouble] b b')).toBeNull();
  });

  it('are changed one by one, and reset to what is inherited', async () => {
    const { http, click, type, settled, text, find, row } = await openHost();
    await click('[data-testid=change-interval]');
    await type('[data-testid=setting-seconds]', '10');
    await click('[data-testid=save-setting]');
    const saved = http.expectOne({ method: 'PUT', url: URL });
    expect(saved.request.body).toEqual({ adaptive: false, interval: 10_000 });
    const effective = { ...SETTINGS.effective, interval: 10_000 };
    saved.flush({ ...SETTINGS, effective, own: { adaptive: false, interval: 10_000 } });
    await settled();
    expect(row('interval')).toEqual(['10 s', 'Set here']);
    expect(text('[data-testid=settings-outcome]')).toContain('Sampling interval saved');
    await click('[data-testid=reset-interval]');
    const reset = http.expectOne({ method: 'PUT', url: URL });
    expect(reset.request.body).toEqual({ adaptive: false });
    reset.flush(SETTINGS);
    await settled();
    expect(find('[data-testid=reset-interval]')).toBeNull();
  });

  it('say at the field what is wrong, before and after the hub was asked', async () => {
    const { http, click, type, settled, text, find } = await openHost();
    await click('[data-testid=change-interval]');
    await type('[data-testid=setting-seconds]', '0');
    await click('[data-testid=save-setting]');
    http.expectNone({ method: 'PUT', url: URL });
    expect(text('[data-testid=setting-error]')).toContain('from 1 to 60');
    const field = find('[data-testid=setting-seconds]');
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    expect(field?.getAttribute('aria-describedby')).toBe(find('[data-testid=setting-error]')?.id);
    await type('[data-testid=setting-seconds]', '3');
    await click('[data-testid=save-setting]');
    const errors = [
      { path: 'interval', message: 'not today' },
      { path: 'mounts', message: 'of another field' },
    ];
    http
      .expectOne({ method: 'PUT', url: URL })
      .flush({ detail: 'no', errors }, { status: 400, statusText: 'x' });
    await settled();
    expect(text('[data-testid=setting-error]')).toBe('not today');
  });

  it('are only looked at by anybody but an administrator', async () => {
    const { element, text } = await openHost({ ...VIEWER, role: 'operator' });
    expect(element.querySelector('[data-testid^=change-]')).toBeNull();
    expect(text('[data-testid=host-settings]')).toContain('an administrator may change them');
  });
});

describe('the settings of the fleet', () => {
  it('stand by scope, a tag above the fleet, and are set for a new tag', async () => {
    const page = await open(FleetSettingsPage);
    const { http, settled, element, text, find, row } = page;
    http.expectOne('/api/settings').flush({
      fleet: { interval: 5_000 },
      tags: [{ tag: 'db', settings: { adaptive: false } }],
    });
    await settled();
    expect(row('interval', '[data-testid=fleet-settings]')).toEqual(['5 s', 'Set here']);
    expect(row('interval', '[data-testid=tag-settings]')).toEqual(['5 s', 'From the fleet']);
    expect(row('adaptive', '[data-testid=tag-settings]')).toEqual(['Off', 'Set here']);

    const field = find('[data-testid=new-tag]');
    if (!(field instanceof HTMLInputElement)) throw new Error('expected a field');
    field.value = '<not a tag>';
    await page.click('[data-testid=add-tag]');
    expect(text('#new-tag-error')).toContain('A tag starts with');
    field.value = 'web';
    await page.click('[data-testid=add-tag]');
    const web = element.querySelectorAll('[data-testid=tag-settings]')[1];
    expect(web?.querySelector('h2')?.textContent.trim()).toBe('Tag web');
    web?.querySelector<HTMLElement>('[data-testid=change-networkMounts]')?.click();
    await settled();
    web?.querySelector('input[type=radio]')?.dispatchEvent(new Event('change'));
    await settled();
    await page.click('[data-testid=save-setting]');
    const saved = http.expectOne({ method: 'PUT', url: '/api/settings/tags/web' });
    expect(saved.request.body).toEqual({ networkMounts: true });
  });
});
