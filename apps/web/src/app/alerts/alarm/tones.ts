import { DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';
import type { IncidentNews } from './incident-news';

/** Makes what sound comes from; `null` in a browser without. */
export const AUDIO_CONTEXT = new InjectionToken<() => AudioContext | null>('audio context', {
  providedIn: 'root',
  factory: () => {
    const view = inject(DOCUMENT).defaultView;
    return () => (view !== null && 'AudioContext' in view ? new view.AudioContext() : null);
  },
});

interface Note {
  /** Hz. */
  readonly pitch: number;
  /** From the beginning, and how long, s. */
  readonly at: number;
  readonly length: number;
}

/** The volume of a note; full is 1. */
const LOUDNESS = 0.22;
/** A note swells and fades so long, s: without it clicks. */
const EDGE = 0.02;

/** Critical is high, fast and comes three times; a warning is one calm pair; what is resolved goes up softly. */
const TONES: Readonly<Record<IncidentNews['tone'], readonly Note[]>> = {
  critical: [0, 0.5, 1].flatMap((start) => [
    { pitch: 988, at: start, length: 0.16 },
    { pitch: 784, at: start + 0.18, length: 0.16 },
  ]),
  warning: [
    { pitch: 587, at: 0, length: 0.25 },
    { pitch: 587, at: 0.35, length: 0.25 },
  ],
  info: [{ pitch: 523, at: 0, length: 0.2 }],
  resolved: [
    { pitch: 523, at: 0, length: 0.18 },
    { pitch: 659, at: 0.16, length: 0.3 },
  ],
};

/** Plays tones that are made here, without a file. */
@Injectable({ providedIn: 'root' })
export class Tones {
  private readonly make = inject(AUDIO_CONTEXT);
  private context: AudioContext | null = null;
  private readonly stateNow = signal<'off' | 'waits' | 'on'>('off');

  /** `waits`: the browser lets nothing be heard before somebody has clicked or typed. */
  readonly state = this.stateNow.asReadonly();

  /** Begins to be heard; best from a click. */
  async turnOn(): Promise<void> {
    this.context ??= this.make();
    const { context } = this;
    if (context === null) return;
    this.stateNow.set(context.state === 'running' ? 'on' : 'waits');
    context.onstatechange = () => {
      if (this.context === context) this.stateNow.set(context.state === 'running' ? 'on' : 'waits');
    };
    await context.resume();
  }

  async turnOff(): Promise<void> {
    const { context } = this;
    this.context = null;
    this.stateNow.set('off');
    await context?.close();
  }

  play(tone: IncidentNews['tone']): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    for (const { pitch, at, length } of TONES[tone]) {
      const start = context.currentTime + at;
      const source = new OscillatorNode(context, { type: 'triangle', frequency: pitch });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + EDGE);
      gain.gain.setValueAtTime(LOUDNESS, start + length - EDGE);
      gain.gain.linearRampToValueAtTime(0, start + length);
      source.connect(gain).connect(context.destination);
      source.start(start);
      source.stop(start + length);
    }
  }
}
