import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import { API_TEXTS } from '../api/api.texts';
import { isProblem, reasonOf } from '../api/problem';
import { SignedOut } from '../session/signed-out';
import { type FileTarget, OPEN_FILE } from './file-target';

/** How far a download is; `bytes` so far. */
export type DownloadState =
  | { readonly step: 'idle' }
  | { readonly step: 'running' | 'done' | 'cancelled'; readonly bytes: number }
  | { readonly step: 'failed'; readonly bytes: number; readonly reason: string };

/** What of an answer is used. */
export type StreamedAnswer = Pick<Response, 'ok' | 'status' | 'json'> & {
  readonly body: Pick<ReadableStream<Uint8Array<ArrayBuffer>>, 'getReader'> | null;
};

/** Asks the hub for something that comes as a stream: `HttpClient` would hold it all before it hands it on. */
export const FETCH_STREAM = new InjectionToken<
  (url: string, signal: AbortSignal) => Promise<StreamedAnswer>
>('streamed request', {
  providedIn: 'root',
  factory: () => (url, signal) => fetch(url, { signal, credentials: 'same-origin' }),
});

/** Saves one export at a time as a file, piece by piece as it comes. */
@Injectable()
export class Download {
  private readonly openFile = inject(OPEN_FILE);
  private readonly fetchStream = inject(FETCH_STREAM);
  private readonly signedOut = inject(SignedOut);
  private readonly current = signal<DownloadState>({ step: 'idle' });
  private stop: AbortController | null = null;

  readonly state = this.current.asReadonly();

  /** Saves what the hub answers at `url`. Has to be called while a press of the person is handled: the browser asks where to. */
  async start(url: string, name: string): Promise<void> {
    const stop = new AbortController();
    let file: FileTarget | null = null;
    let bytes = 0;
    try {
      file = await this.openFile(name);
      if (file === null) return;
      this.stop = stop;
      this.current.set({ step: 'running', bytes });
      for await (const chunk of this.chunks(url, stop.signal)) {
        await file.write(chunk);
        bytes += chunk.byteLength;
        this.current.set({ step: 'running', bytes });
      }
      await file.close();
      this.current.set({ step: 'done', bytes });
    } catch (error) {
      const cancelled = stop.signal.aborted;
      // The hub need not go on either, where it was the file that failed.
      stop.abort();
      // Nobody shall take a part for the whole; where that fails too, the first reason is the one that counts.
      await file?.abort().catch(() => undefined);
      this.current.set(
        cancelled
          ? { step: 'cancelled', bytes }
          : { step: 'failed', bytes, reason: reasonOf(error) },
      );
    } finally {
      if (this.stop === stop) this.stop = null;
    }
  }

  /** Ends what is running; there is no file then. */
  cancel(): void {
    this.stop?.abort();
  }

  private async *chunks(
    url: string,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const answer = await this.ask(url, signal);
    const reader = answer.body?.getReader();
    if (reader === undefined) return;
    for (;;) {
      const { done, value } = await this.read(reader, signal);
      if (done) return;
      yield value;
    }
  }

  private async ask(url: string, signal: AbortSignal): Promise<StreamedAnswer> {
    let answer: StreamedAnswer;
    try {
      answer = await this.fetchStream(url, signal);
    } catch (cause) {
      throw new Error(API_TEXTS.unreachable, { cause });
    }
    if (answer.ok) return answer;
    if (answer.status === 401) this.signedOut.leave();
    const body: unknown = await answer.json().catch(() => null);
    throw new Error(isProblem(body) ? body.detail : API_TEXTS.refused(answer.status));
  }

  private async read(
    reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
    signal: AbortSignal,
  ): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
    try {
      signal.throwIfAborted();
      return await reader.read();
    } catch (cause) {
      throw new Error(API_TEXTS.broken, { cause });
    }
  }
}
