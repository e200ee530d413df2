import { HttpTestingController } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { AlertRule } from '@hostdeck/contracts';
import { FakeSocket } from '../../../../test/fake-socket';
import { pageProviders } from '../../../../test/page-providers';
import { OverrideList, type WrittenOverride } from './override-list';

const RULE: AlertRule = {
  id: '1'.repeat(32),
  name: 'CPU busy',
  enabled: true,
  severity: 'warning',
  hosts: { tags: [], name: null },
  condition: { kind: 'above', metric: 'cpu.busy', instance: '*', threshold: 90, clear: 80 },
  for: 60_000,
  clearFor: 0,
  repeatAfter: null,
  escalate: null,
  message: null,
  isDefault: true,
  overrides: [{ target: { tag: 'ci' }, enabled: false }],
  createdAt: 0,
  updatedAt: 0,
};
const URL = `/api/alert-rules/${RULE.id}/overrides`;

async function open(mayChange = true) {
  TestBed.configureTestingModule({ providers: pageProviders(new FakeSocket(), []) });
  const fixture: ComponentFixture<OverrideList> = TestBed.createComponent(OverrideList);
  fixture.componentRef.setInput('rule', RULE);
  fixture.componentRef.setInput('mayChange', mayChange);
  fixture.componentInstance.changed.subscribe((rule) =>
    fixture.componentRef.setInput('rule', rule),
  );
  const written: (WrittenOverride | null)[] = [];
  fixture.componentInstance.written.subscribe((one) => written.push(one));
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  await settled();
  const page = fixture.nativeElement as HTMLElement;
  const find = (id: string) => page.querySelector<HTMLInputElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  const write = async (id: string, value: string, event = 'input') => {
    const field = find(id);
    if (field === null) throw new Error(`expected a field ${id}`);
    field.value = value;
    field.dispatchEvent(new Event(event));
    await settled();
  };
  const rows = () =>
    [...page.querySelectorAll('[data-testid=override] .what')].map(({ textContent }) =>
      textContent.replaceAll(/\s+/g, ' ').trim(),
    );
  const hint = (id: string) => page.querySelector(`#${id}-hint`)?.textContent.trim();
  const http = TestBed.inject(HttpTestingController);
  return { find, click, write, rows, hint, settled, written, http };
}

describe('the exceptions of a rule', () => {
  it('are made for a tag, with what they come to before they are saved', async () => {
    const { click, write, rows, hint, settled, written, http } = await open();
    await click('new-override');
    await click('save-override');
    expect(hint('override-host')).toBe('Choose a host.');
    await write('override-kind', 'tag', 'change');
    await write('override-tag', 'batch');
    expect(hint('override-effect')).toBe('Say what differs.');
    await write('override-threshold', '99');
    // What clears it has moved along; only hosts with the tag are looked at.
    expect(written.at(-1)).toMatchObject({
      host: null,
      rule: { condition: { threshold: 99, clear: 89 }, hosts: { tags: ['batch'] }, for: 60_000 },
    });
    await write('override-clear', '100');
    await click('save-override');
    expect(hint('override-clear')).toContain('not above it');
    await write('override-clear', '');
    await click('save-override');
    const posted = http.expectOne({ method: 'POST', url: URL });
    expect(posted.request.body).toEqual({ target: { tag: 'batch' }, threshold: 99 });
    const added = { target: { tag: 'batch' }, threshold: 99 };
    posted.flush({ ...RULE, overrides: [...RULE.overrides, added] });
    await settled();
    expect(rows()).toEqual(['Tag ci switched off', 'Tag batch threshold 99.0 %']);
    expect(written.at(-1)).toBeNull();
  });

  it('are removed, and stay when the hub can not do it', async () => {
    const { click, rows, settled, http } = await open();
    const gone = { method: 'DELETE', url: `${URL}?tag=ci` };
    await click('remove-override');
    http.expectOne(gone).error(new ProgressEvent('error'));
    await settled();
    expect(rows()).toEqual(['Tag ci switched off']);
    await click('remove-override');
    http.expectOne(gone).flush(null);
    await settled();
    expect(rows()).toEqual([]);
  });

  it('are only looked at by whoever may not change rules', async () => {
    const { find, rows } = await open(false);
    expect(rows()).toHaveLength(1);
    expect(find('new-override')).toBeNull();
    expect(find('remove-override')).toBeNull();
  });
});
