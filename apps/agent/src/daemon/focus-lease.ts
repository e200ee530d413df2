import type { Focus } from '@hostdeck/contracts';

/** What somebody looks at, until the lease ends that the hub renews while they do. */
export class FocusLease {
  readonly #onChange: () => void;
  #endsAt: number | null = null;
  #wantsProcesses = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param onChange called when {@link isOn} or {@link wantsProcesses} has changed */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether somebody looks at this host. */
  get isOn(): boolean {
    return this.#endsAt !== null;
  }

  /** Whether somebody looks at its processes. */
  get wantsProcesses(): boolean {
    return this.isOn && this.#wantsProcesses;
  }

  /** Takes what the hub says; the last word counts. */
  take({ lease, processes }: Focus): void {
    this.#change(lease === 0 ? null : performance.now() + lease, processes);
    this.#wait();
  }

  /** Nobody looks any more. */
  end(): void {
    this.#change(null, false);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #change(endsAt: number | null, processes: boolean): void {
    const before = [this.isOn, this.wantsProcesses];
    this.#endsAt = endsAt;
    this.#wantsProcesses = processes;
    if (before[0] !== this.isOn || before[1] !== this.wantsProcesses) this.#onChange();
  }

  #wait(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#endsAt === null) return;
    const left = this.#endsAt - performance.now();
    if (left <= 0) this.#change(null, false);
    else this.#timer = setTimeout(() => this.#wait(), Math.ceil(left));
  }
}
