import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideHttpClient } from '@angular/common/http';
import { Download, FETCH_STREAM, type StreamedAnswer } from './download';
import { OPEN_FILE } from './file-target';

type Chunk = Uint8Array<ArrayBuffer>;

/** The hub's end of a download and the file it goes to. */
class Line {
  readonly written: number[] = [];
  end: 'none' | 'closed' | 'aborted' = 'none';
  asked: string[] = [];
  private signal: AbortSignal | null = null;
  private give: ((result: ReadableStreamReadResult<Chunk>) => void) | null = null;
  private fail: ((reason: Error) => void) | null = null;

  constructor(
    private readonly answer: Partial<StreamedAnswer> = {},
    private readonly refusal: Error | null = null,
  ) {}

  readonly fetch = (url: string, signal: AbortSignal): Promise<StreamedAnswer> => {
    this.asked.push(url);
    this.signal = signal;
    if (this.refusal !== null) return Promise.reject(this.refusal);
    const read = () =>
      new Promise<ReadableStreamReadResult<Chunk>>((resolve, reject) => {
        this.give = resolve;
        this.fail = reject;
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const reader = { read } as ReadableStreamDefaultReader<Chunk>;
    const body = { getReader: () => reader } as unknown as StreamedAnswer['body'];
    return Promise.resolve({
      ok: true,
      status: 200,
      json: () => Promise.resolve(null),
      body,
      ...this.answer,
    });
  };

  readonly open = () =>
    Promise.resolve({
      write: (chunk: Chunk) => {
        this.written.push(...chunk);
        return Promise.resolve();
      },
      close: () => {
        this.end = 'closed';
        return Promise.resolve();
      },
      abort: () => {
        this.end = 'aborted';
        return Promise.resolve();
      },
    });

  get gaveUp(): boolean {
    return this.signal?.aborted === true;
  }

  async send(...bytes: number[]): Promise<void> {
    await turn();
    this.give?.({ done: false, value: new Uint8Array(bytes) });
    await turn();
  }

  async finish(): Promise<void> {
    await turn();
    this.give?.({ done: true, value: undefined });
    await turn();
  }

  async breakOff(): Promise<void> {
    await turn();
    this.fail?.(new Error('network error'));
    await turn();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function open(line: Line, openFile: () => Promise<unknown> = line.open) {
  TestBed.configureTestingModule({
    providers: [
      Download,
      provideRouter([]),
      provideHttpClient(),
      { provide: FETCH_STREAM, useValue: line.fetch },
      { provide: OPEN_FILE, useValue: openFile },
    ],
  });
  return TestBed.inject(Download);
}

describe('a download', () => {
  it('writes what comes as it comes, and says how much', async () => {
    const line = new Line();
    const download = open(line);
    const running = download.start('/api/export', 'a.csv');
    await line.send(1, 2, 3);
    expect(line.written).toEqual([1, 2, 3]);
    expect(download.state()).toEqual({ step: 'running', bytes: 3 });
    await line.send(4);
    await line.finish();
    await running;
    expect(line.asked).toEqual(['/api/export']);
    expect(line.end).toBe('closed');
    expect(download.state()).toEqual({ step: 'done', bytes: 4 });
  });

  it('leaves no part of a file when it is cancelled', async () => {
    const line = new Line();
    const download = open(line);
    const running = download.start('/api/export', 'a.csv');
    await line.send(1);
    download.cancel();
    await running;
    expect(line.end).toBe('aborted');
    expect(line.gaveUp).toBe(true);
    expect(download.state()).toEqual({ step: 'cancelled', bytes: 1 });
  });

  it('leaves no part of a file when the connection breaks, and says so', async () => {
    const line = new Line();
    const download = open(line);
    const running = download.start('/api/export', 'a.csv');
    await line.send(1, 2);
    await line.breakOff();
    await running;
    expect(line.end).toBe('aborted');
    expect(download.state()).toMatchObject({ step: 'failed', bytes: 2 });
    expect(JSON.stringify(download.state())).toContain('broke off');
  });

  it('says what the hub says when it refuses', async () => {
    const problem = { detail: 'unknown metric "x"' };
    const line = new Line({ ok: false, status: 400, json: () => Promise.resolve(problem) });
    const download = open(line);
    await download.start('/api/export', 'a.csv');
    expect(download.state()).toMatchObject({ step: 'failed', reason: 'unknown metric "x"' });
    expect(line.end).toBe('aborted');
  });

  it('says that the hub does not answer', async () => {
    const download = open(new Line({}, new TypeError('Failed to fetch')));
    await download.start('/api/export', 'a.csv');
    expect(JSON.stringify(download.state())).toContain('The hub does not answer');
  });

  it('ends the request when the file cannot be written', async () => {
    const line = new Line();
    const download = open(line, async () => ({
      ...(await line.open()),
      write: () => Promise.reject(new Error('the disk is full')),
    }));
    const running = download.start('/api/export', 'a.csv');
    await line.send(1);
    await running;
    expect(line.gaveUp).toBe(true);
    expect(download.state()).toMatchObject({ step: 'failed', reason: 'the disk is full' });
  });

  it('asks for nothing when nobody has chosen a file', async () => {
    const line = new Line();
    const download = open(line, () => Promise.resolve(null));
    await download.start('/api/export', 'a.csv');
    expect(line.asked).toEqual([]);
    expect(download.state()).toEqual({ step: 'idle' });
  });
});
