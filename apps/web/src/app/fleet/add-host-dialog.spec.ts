import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { FakeSocket } from '../../../test/fake-socket';
import { card, fleetSnapshot, NOW } from '../../../test/fleet-samples';
import { pageProviders } from '../../../test/page-providers';
import { LiveConnection } from '../live/live-connection';
import { AddHostDialog } from './add-host-dialog';

const FLEET = { room: 'fleet' } as const;

async function open() {
  const socket = new FakeSocket();
  socket.answer(FLEET, { ok: true, snapshot: fleetSnapshot(card({ id: '1', name: 'old' })) });
  TestBed.configureTestingModule({ providers: pageProviders(socket, []) });
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const fixture = TestBed.createComponent(AddHostDialog);
  await fixture.whenStable();
  const dialog = fixture.nativeElement as HTMLElement;
  const http = TestBed.inject(HttpTestingController);
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  const make = async (tags: string) => {
    const field = dialog.querySelector<HTMLInputElement>('input[name=tags]');
    if (field === null) throw new Error('expected a field for tags');
    field.value = tags;
    field.dispatchEvent(new Event('input'));
    dialog.querySelector('form')?.dispatchEvent(new Event('submit'));
    await settled();
    return http.expectOne('/api/enrollment-tokens');
  };
  return { dialog, socket, settled, make };
}

const CREATED = {
  id: 'e'.repeat(32),
  createdAt: NOW,
  expiresAt: NOW + 86_400_000,
  uses: 1,
  tags: ['web'],
  token: 'secret',
  command: 'curl http://hub.example | sh',
};

describe('adding a host', () => {
  it('makes the command, waits for the host and leads to it', async () => {
    const { dialog, socket, settled, make } = await open();
    const request = await make('web, eu-west  web');
    expect(request.request.body).toEqual({
      tags: ['web', 'eu-west'],
      uses: 1,
      expiresIn: 86_400_000,
    });
    request.flush(CREATED);
    await settled();
    expect(dialog.querySelector('[data-testid=join-command]')?.textContent).toBe(CREATED.command);
    expect(dialog.textContent).toContain('Waiting for the first data…');

    socket.fleet({ hubTime: NOW, cards: [card({ id: '2', name: 'new' })], removed: [] });
    await settled();
    const joined = dialog.querySelectorAll('[data-testid=joined-host]');
    expect([...joined].map(({ textContent }) => textContent)).toEqual(['new']);
    expect(joined[0]?.getAttribute('href')).toBe(`/hosts/${'2'.padStart(32, '0')}`);
    expect(dialog.textContent).not.toContain('Waiting for the first data…');
  });

  it('says why there is no command', async () => {
    const { dialog, settled, make } = await open();
    const problem = { type: 'about:blank', title: 'Bad', status: 400, detail: 'a tag starts with' };
    (await make('!')).flush(problem, { status: 400, statusText: 'Bad request' });
    await settled();
    expect(dialog.querySelector('[role=alert]')?.textContent.trim()).toBe('a tag starts with');
    expect(dialog.querySelector('[data-testid=make-command]')).not.toBeNull();
  });
});
