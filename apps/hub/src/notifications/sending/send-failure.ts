import { toDisplayText, type DeliveryError } from '@hostdeck/contracts';

type Reason = DeliveryError['reason'];

/** Failures after which trying again as it is does not help. */
const PERMANENT: ReadonlySet<Reason> = new Set([
  'blocked',
  'rejected',
  'redirected',
  'no_receiver',
  'expired',
]);

interface SendFailureOptions extends ErrorOptions {
  /** What the receiver answered with. */
  readonly status?: number;
  /** How long the receiver asks to wait, ms. */
  readonly retryAfter?: number;
}

/** Something could not be sent. The message is for people, and without secrets only after `redact`. */
export class SendFailure extends Error {
  readonly status: number | null;
  readonly retryAfter: number | null;

  constructor(
    readonly reason: Reason,
    message: string,
    options: SendFailureOptions = {},
  ) {
    super(message, options);
    this.name = 'SendFailure';
    this.status = options.status ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }

  get isPermanent(): boolean {
    return PERMANENT.has(this.reason);
  }

  /** The failure as it is kept and shown: part of it may be what a receiver said. */
  toError(redact: (text: string) => string): DeliveryError {
    const message = toDisplayText(redact(this.message));
    return { reason: this.reason, message, status: this.status };
  }
}

/** Codes of Node by what they mean; certificates have many. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);
const CERTIFICATE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO$|ETLS$)/;

/** Node's code of an error, such as `ECONNREFUSED`; of several attempts at once, of the first. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : '';
}

/** What a failed connection means. @param host whom it was to */
export function connectionFailure(cause: unknown, host: string): SendFailure {
  if (cause instanceof SendFailure) return cause;
  const code = codeOf(cause);
  if (UNREACHABLE.has(code)) {
    return new SendFailure('unreachable', `${host} cannot be reached (${code})`, { cause });
  }
  if (CERTIFICATE.test(code)) {
    return new SendFailure('tls', `no trusted encryption with ${host} (${code})`, { cause });
  }
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return timedOut(host, cause);
  if (code === '') {
    return new SendFailure('internal', `the request to ${host} could not be made`, { cause });
  }
  return new SendFailure('closed', `${host} closed the connection without an answer (${code})`, {
    cause,
  });
}

/** Nothing came in time. */
export function timedOut(host: string, cause?: unknown): SendFailure {
  return new SendFailure('timeout', `${host} did not answer in time`, { cause });
}
