import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { PROTOCOL_VERSION } from '@hostdeck/contracts';
import { createNonce } from '../identity/keys';
import { recognizeHub } from '../link/handshake';
import { HubConnection } from '../link/hub-connection';
import { LinkError } from '../link/link-error';
import { errorCode } from '../log/error-code';
import { errorText } from '../log/error-text';
import type { EnrollmentState } from '../state/enrollment-state';
import { about, type Finding } from './finding';

const DEADLINE = 10_000;
/** Difference of the clocks from which on times in charts are off by more than a frame, ms; the hub's is told in whole seconds. */
const CLOCK_OFF = 5_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
/** What Node says of certificates that do not do. */
const CERTIFICATE = /CERT|SIGNED|ISSUER|ALTNAME|SSL|TLS/;

/** Looks at the hub of an enrollment, without saying more to it than who calls. */
export async function checkHub(enrollment: EnrollmentState): Promise<Finding[]> {
  const { hub } = enrollment;
  const reach = about('hub');
  let answer: HealthAnswer;
  try {
    answer = await askHealth(hub);
  } catch (error) {
    return [unreachable(hub, error)];
  }
  const findings = [
    answer.status === 200
      ? reach.ok(`${hub} answers`)
      : reach.fail(
          `${hub} answers ${answer.status}`,
          'check that the address is that of a hub, and that the reverse proxy before it passes /api on',
        ),
  ];
  findings.push(checkEncryption(hub));
  findings.push(checkClock(answer));
  findings.push(await checkKey(enrollment));
  return findings;
}

function unreachable(hub: string, error: unknown): Finding {
  const code = errorCode(error) ?? '';
  const text = `${hub} can not be reached: ${errorText(error)}`;
  if (CERTIFICATE.test(code)) {
    return about('tls').fail(
      text,
      'renew the certificate, or give the agent the authority that signed it with NODE_EXTRA_CA_CERTS',
    );
  }
  return about('hub').fail(
    text,
    'check the address, the name server, firewalls and proxies between here and the hub',
  );
}

function checkEncryption(hub: string): Finding {
  const { protocol, hostname } = new URL(hub);
  const tls = about('tls');
  if (protocol === 'https:') return tls.ok('the certificate of the hub is valid');
  if (LOOPBACK.test(hostname)) return tls.ok('not needed: the hub is on this machine');
  return tls.warn(
    'frames and processes go over the network as they are',
    'put TLS before the hub (HOSTDECK_TLS_CERT, or a reverse proxy) and enroll again with its https address',
  );
}

function checkClock({ date, askedAt, answeredAt }: HealthAnswer): Finding {
  const clock = about('clock');
  if (date === null) {
    return clock.warn('the hub does not tell its time', 'check what stands before the hub');
  }
  // Told in whole seconds that have begun.
  const offset = Math.round(((askedAt + answeredAt) / 2 - (date + 500)) / 100) * 100;
  const text = `this clock is ${Math.abs(offset) / 1000} s ${offset < 0 ? 'behind' : 'ahead of'} the hub's`;
  if (Math.abs(offset) < CLOCK_OFF) return clock.ok(text);
  return clock.warn(text, 'set the clocks by NTP: timedatectl set-ntp true, or chrony');
}

async function checkKey(enrollment: EnrollmentState): Promise<Finding> {
  const key = about('hub key');
  const nonce = createNonce();
  const connection = new HubConnection({
    hub: enrollment.hub,
    auth: {
      agentId: enrollment.agentId,
      nonce,
      protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
    },
    ackDeadline: DEADLINE,
  });
  try {
    await connection.open();
    await recognizeHub(connection, enrollment, nonce);
    return key.ok('the hub has the key that was pinned at enrollment');
  } catch (error) {
    if (error instanceof LinkError && error.trouble === 'wrong_hub') {
      return key.fail(
        'the hub has another key than at enrollment',
        'if the hub was set up anew on purpose, enroll again; if not, somebody may be in between',
      );
    }
    return key.fail(
      `the hub could not be asked for its key: ${errorText(error)}`,
      'a reverse proxy must pass WebSockets of /socket.io on',
    );
  } finally {
    connection.close();
  }
}

interface HealthAnswer {
  readonly status: number;
  /** The hub's time, ms since the epoch; `null` when it is not told. */
  readonly date: number | null;
  readonly askedAt: number;
  readonly answeredAt: number;
}

function askHealth(hub: string): Promise<HealthAnswer> {
  const url = `${hub}/api/health`;
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  const askedAt = Date.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, timeout: DEADLINE }, (incoming) => {
      const answeredAt = Date.now();
      const date = Date.parse(incoming.headers.date ?? '');
      incoming.resume();
      resolve({
        status: incoming.statusCode ?? 0,
        date: Number.isNaN(date) ? null : date,
        askedAt,
        answeredAt,
      });
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${DEADLINE} ms`)));
    outgoing.once('error', reject);
    outgoing.end();
  });
}
