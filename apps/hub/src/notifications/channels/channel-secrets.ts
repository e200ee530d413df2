import { Inject, Injectable } from '@nestjs/common';
import type { Kind } from '../kinds/kind';
import { SecretBox } from '../secrets/secret-box';

type Values = Readonly<Record<string, unknown>>;

/** A configuration taken apart. */
export interface SplitConfig {
  readonly open: Values;
  readonly secret: Values;
}

const HIDDEN = '•••';
/** Shorter texts are found by chance in any answer. */
const LEAST_HIDDEN = 4;

function isSecret(kind: Kind, name: string): boolean {
  return kind.fields.some((field) => field.name === name && field.secret);
}

function keep(values: Values, wanted: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}

/** Keeps the secret fields of channels apart from the others. */
@Injectable()
export class ChannelSecrets {
  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  split(kind: Kind, config: Values): SplitConfig {
    return {
      open: keep(config, (name) => !isSecret(kind, name)),
      secret: keep(config, (name) => isSecret(kind, name)),
    };
  }

  seal(secret: Values, channelId: string): Uint8Array {
    return this.box.seal(JSON.stringify(secret), `channel ${channelId}`);
  }

  /** @throws {SecretError} when the key is another one than they were sealed with. */
  open(sealed: Uint8Array, channelId: string): Values {
    return JSON.parse(this.box.open(sealed, `channel ${channelId}`)) as Values;
  }
}

/** Takes secrets out of a text for people: a receiver may repeat in its answer what it was sent. */
export function redactor(secret: Values): (text: string) => string {
  const texts = Object.values(secret)
    .filter((value) => typeof value === 'string')
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
    .filter((text) => text.length >= LEAST_HIDDEN)
    .sort((first, second) => second.length - first.length);
  return (text) => texts.reduce((cleaned, hidden) => cleaned.replaceAll(hidden, HIDDEN), text);
}
