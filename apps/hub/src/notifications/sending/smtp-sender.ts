import { isIP } from 'node:net';
import type { LookupAddress } from 'node:dns';
import type { MailOutgoing, Reply } from './outgoing';
import { connectionFailure, SendFailure, timedOut } from './send-failure';

interface SmtpSurroundings {
  /** Permitted addresses of the server: the connection is made to one of these, never to the name. */
  readonly addresses: readonly LookupAddress[];
  readonly signal: AbortSignal;
  /** Longest silence, ms. */
  readonly timeout: number;
}

/** What nodemailer adds to its errors. */
interface MailError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly permanent?: boolean;
}

/**
 * Hands one mail to its server.
 *
 * @throws {SendFailure} unless the server has taken it for at least one of its receivers.
 */
export async function sendMail(
  { server, mail }: MailOutgoing,
  { addresses, signal, timeout }: SmtpSurroundings,
): Promise<Reply> {
  const [first] = addresses;
  if (first === undefined) throw new Error('no address to send to');
  // Loaded with the first mail: most hubs send none, and it is not small.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: first.address,
    port: server.port,
    secure: server.encryption === 'tls',
    requireTLS: server.encryption === 'starttls',
    ignoreTLS: server.encryption === 'none',
    ...(server.login === null
      ? {}
      : { auth: { user: server.login.username, pass: server.login.password } }),
    // The name is what the certificate must be for. An address of its own has no name to ask for.
    tls: {
      rejectUnauthorized: server.verifyCertificate,
      ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const info = await transport.sendMail({
      from: mail.from,
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
      // RFC 3834: nobody's vacation notice should answer.
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal,
    });
    const status = /^(\d{3})/.exec(info.response)?.[1];
    return { status: status === undefined ? null : Number(status), text: info.response };
  } catch (cause) {
    throw signal.aborted ? timedOut(server.host, cause) : mailFailure(cause, server.host);
  } finally {
    transport.close();
  }
}

function isMailError(error: unknown): error is MailError {
  return typeof error === 'object' && error !== null && 'message' in error;
}

function mailFailure(cause: unknown, host: string): SendFailure {
  if (!isMailError(cause)) return connectionFailure(cause, host);
  const { responseCode: status, response, code } = cause;
  if (code === 'ETLS') {
    return new SendFailure('tls', `${host} offers no encryption, or none that is trusted`, {
      cause,
    });
  }
  if (status !== undefined && response !== undefined) {
    const said = response.slice(0, 300);
    return cause.permanent === true
      ? new SendFailure('rejected', `${host} refuses it: ${said}`, { status, cause })
      : new SendFailure('receiver_fault', `${host} cannot take it now: ${said}`, { status, cause });
  }
  if (code === 'EAUTH' || code === 'EENVELOPE' || code === 'EMESSAGE') {
    return new SendFailure('rejected', `${host}: ${cause.message}`, { cause });
  }
  if (code === 'ETIMEDOUT') return timedOut(host, cause);
  if (cause.originalCode === undefined) {
    return new SendFailure('closed', `${host} closed the connection`, { cause });
  }
  return connectionFailure(
    Object.assign(new Error(cause.message), { code: cause.originalCode }),
    host,
  );
}
