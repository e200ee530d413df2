/** What a channel's kind makes of a notice, ready to be sent. */

/** A request over HTTP. */
export interface HttpOutgoing {
  readonly type: 'http';
  /** Tells the requests of one notice from each other; those that were answered are not sent again. */
  readonly part: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A mail, and the server that takes it. */
export interface MailOutgoing {
  readonly type: 'mail';
  readonly part: string;
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** `tls` from the start, `starttls` or nothing, `none`. */
    readonly encryption: 'tls' | 'starttls' | 'none';
    readonly verifyCertificate: boolean;
    readonly login: { readonly username: string; readonly password: string } | null;
  };
  readonly mail: {
    readonly from: string;
    readonly to: readonly string[];
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly messageId: string;
    /** The first mail about the same incident, for threads; `null`: none. */
    readonly inReplyTo: string | null;
  };
}

export type Outgoing = HttpOutgoing | MailOutgoing;

/** What a receiver answered. */
export interface Reply {
  readonly status: number | null;
  /** The beginning of it. */
  readonly text: string;
}

/** A JSON request. */
export function jsonRequest(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpOutgoing {
  return {
    type: 'http',
    part: '',
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
