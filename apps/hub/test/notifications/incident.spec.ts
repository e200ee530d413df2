import { AlertHub } from '../alerts/alert-hub';
import { answer, HttpReceiver } from './http-receiver';

const ROUTE = { severities: [], tags: [], times: null };

/** The part of an event to PagerDuty that is looked at. */
interface Event {
  readonly event_action: string;
  readonly dedup_key: string;
}

describe('an incident', () => {
  it('reaches its channels from the sample on, and so does its end, past a receiver that fails', async () => {
    const hub = await AlertHub.start();
    const chat = await HttpReceiver.start();
    const pager = await HttpReceiver.start();
    try {
      const post = async (path: string, body: object) =>
        (await hub.admin.post(path, body)).body as { id: string };
      await hub.admin.ask('/api/notification-settings', {
        method: 'PATCH',
        body: { networks: ['127.0.0.1'] },
      });
      const slack = await post('/api/channels', {
        kind: 'slack',
        name: 'Chat',
        config: { url: chat.url },
      });
      const pagerduty = await post('/api/channels', {
        kind: 'pagerduty',
        name: 'Pager',
        config: { server: pager.url, routingKey: 'r'.repeat(32) },
      });
      await post('/api/notification-routes', {
        ...ROUTE,
        name: 'all',
        channels: [slack.id, pagerduty.id],
      });
      await hub.addRule({
        name: 'CPU busy',
        severity: 'critical',
        condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 80 },
      });
      const web = await hub.join('<!channel> web');
      chat.next = [answer(500)];
      await hub.send(web, 97.5);
      await Promise.all([chat.count(1), pager.count(1)]);
      hub.now += 10_000;
      await hub.send(web, 10);
      hub.now += 10_000;
      await hub.send(web, 10);
      await hub.said(2);
      hub.now += 60_000;
      await Promise.all([chat.count(3), pager.count(2)]);
      const texts = chat.bodies.map((body) => (body as { text: string }).text);
      expect(texts[1]).toBe(texts[0]);
      expect(texts[1]).toMatch(/^Critical: &lt;!channel&gt; web: CPU busy/);
      expect(texts[2]).toMatch(/^Resolved: &lt;!channel&gt; web: CPU busy/);
      const [trigger, resolve] = pager.bodies as Event[];
      expect([trigger?.event_action, resolve?.event_action]).toEqual(['trigger', 'resolve']);
      expect(resolve?.dedup_key).toBe(trigger?.dedup_key);
    } finally {
      await hub.close();
      await chat.close();
      await pager.close();
    }
  });
});
