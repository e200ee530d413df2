import { jest } from '@jest/globals';
import { HostFactsSchema } from '@hostdeck/contracts';
import { Logger } from '../log/logger';
import { HostFactsReader } from './host-facts';

describe('what is said of the host', () => {
  const logger = new Logger({ level: 'error', write: () => undefined });
  const reader = () =>
    new HostFactsReader({
      platform: 'darwin',
      inventory: () =>
        Promise.resolve({ os: 'macOS 15', cpuModel: 'M4', model: null, virtualization: 'none' }),
      logger,
    });

  it('is what the inventory found, and what every system tells', async () => {
    const facts = HostFactsSchema.parse(await reader().read());
    expect(facts).toMatchObject({ platform: 'darwin', os: 'macOS 15', cpuModel: 'M4' });
    expect(facts.memoryTotal).toBeGreaterThan(0);
  });

  it('has when the process was started, the same at every greeting, whatever the clock says then', async () => {
    const before = await reader().read();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const after = await reader().read();
    clock.mockRestore();
    const started = Date.now() - process.uptime() * 1000;
    expect(Math.abs((before.agentStartedAt ?? NaN) - started)).toBeLessThan(60_000);
    expect(after.agentStartedAt).toBe(before.agentStartedAt);
  });
});
