import { errorText } from '../../log/error-text';
import { errorCode } from '../../log/error-code';
import { listNamedContainers, presentSockets, type NamedContainer } from './container-api';

/** How long what the runtimes said is believed, ms, and how soon they are asked again for the sake of a container they did not name. */
const BELIEVED = 60_000;
const SOONEST = 10_000;

/** Names and states of containers, from the runtimes that may be asked. */
export class ContainerNames {
  readonly #root: string;
  #byId: ReadonlyMap<string, NamedContainer> = new Map();
  #askedAt: number | null = null;
  #problem: string | null = null;

  /** @param root the root of the filesystem, with a slash behind it */
  constructor(root: string) {
    this.#root = root;
  }

  /** Why some names are unknown; `null` when nothing is in the way. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Everything the runtimes know, by id. @param ids those that a name is wanted for */
  async known(ids: readonly string[], now: number): Promise<ReadonlyMap<string, NamedContainer>> {
    const age = this.#askedAt === null ? Number.POSITIVE_INFINITY : now - this.#askedAt;
    const isMissing = ids.some((id) => !this.#byId.has(id));
    if (age >= BELIEVED || (isMissing && age >= SOONEST)) await this.#ask(now);
    return this.#byId;
  }

  async #ask(now: number): Promise<void> {
    this.#askedAt = now;
    this.#problem = null;
    const byId = new Map<string, NamedContainer>();
    for (const socket of presentSockets(this.#root)) {
      try {
        for (const container of await listNamedContainers(socket))
          byId.set(container.id, container);
      } catch (error) {
        this.#problem = `names of containers: ${troubleOf(socket, error)}`;
      }
    }
    this.#byId = byId;
  }
}

function troubleOf(socket: string, error: unknown): string {
  return errorCode(error) === 'EACCES'
    ? `this agent has not the right to ask ${socket}`
    : `${socket}: ${errorText(error)}`;
}
