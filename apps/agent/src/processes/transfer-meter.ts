import type { ProcessTransfer } from './process-files';

/** How fast one process reads from and writes to disks. */
export class TransferMeter {
  #before: ProcessTransfer | null = null;
  #readAt = 0;
  /** Whether this user may not know: that does not change while the process lives. */
  #isDenied = false;
  #readRate: number | null = null;
  #writeRate: number | null = null;

  /** Bytes per second, whole ones; `null` unknown. */
  get readRate(): number | null {
    return this.#readRate;
  }

  get writeRate(): number | null {
    return this.#writeRate;
  }

  /** Whether something was transferred between the last two readings: then the next is needed to know when it ends. */
  get isMoving(): boolean {
    return (this.#readRate ?? 0) + (this.#writeRate ?? 0) > 0;
  }

  /** Reads. @param now monotonic time, ms */
  read(source: () => ProcessTransfer | null, now: number): void {
    if (this.#isDenied) return;
    const current = source();
    this.#isDenied = current === null;
    const elapsed = this.#before === null ? 0 : now - this.#readAt;
    this.#readRate = perSecond(this.#before?.read ?? null, current?.read ?? null, elapsed);
    this.#writeRate = perSecond(this.#before?.write ?? null, current?.write ?? null, elapsed);
    this.#before = current;
    this.#readAt = now;
  }
}

function perSecond(before: number | null, now: number | null, elapsed: number): number | null {
  if (before === null || now === null || elapsed <= 0 || now < before) return null;
  return Math.round(((now - before) / elapsed) * 1000);
}
