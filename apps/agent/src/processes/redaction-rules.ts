/** What of a command line is a secret: the table of rules. Each row has its test. */

/** Parts of names of options and variables whose values are secrets. */
const SECRET_NAMES =
  'passw(?:or)?d|passwd|passphrase|passin|passout|pwd|pw|pass|secret|token|bearer|api-?_?key|apikey|access-?_?key(?!-?_?id)|' +
  'private-?_?key|secret-?_?key|encryption-?_?key|master-?_?key|signing-?_?key|auth-?_?key|account-?_?key|shared-?_?key|' +
  'credentials?|auth-?_?token|session-?_?key|dsn|connection-?_?string|webhook-?_?url|sas|otp|pin';

/**
 * An option whose value is the next word: its name ends with a secret's (`--db-password x`, `-password x`). Options that say where the
 * secret is, or whether there is one, are none: `--password-file`, `--token-url`, `--no-password`.
 */
export const SECRET_OPTION = new RegExp(
  `^--?(?!no-)(?:[\\w.]+[-_.])*?(?:[\\w.]*(?:password|passwd|secret|token|api-?key|apikey)|${SECRET_NAMES})$`,
  'i',
);

/**
 * A value that stands behind its name in the same word: `--token=x`, `PGPASSWORD=x`, `password: x`, `"apiKey":"x"`. The name may have
 * parts before the one that gives it away, and few behind.
 */
export const SECRET_ASSIGNMENT = new RegExp(
  `((?:^|[^A-Za-z])(?:[\\w.]*[-_.])?(?:[A-Za-z]*(?:password|passwd|secret|token|apikey)|${SECRET_NAMES})` +
    `(?:[-_](?:value|plain|text|data|base64|\\d+))?["']?\\s?(?::=|=>|=|:)\\s?)` +
    `("(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|[^\\s"'&;|,)}]+)`,
  'gi',
);

/** Variables and options whose value is a secret although their name does not say so. */
export const OTHER_ASSIGNMENT =
  /(\b(?:AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|MYSQL_PWD|PGPASSWORD|REDISCLI_AUTH|SSHPASS|RESTIC_PASSWORD|BORG_PASSPHRASE|GH_TOKEN|VAULT_TOKEN)=)("[^"]*"?|'[^']*'?|\S+)/g;

/** User information of an address (RFC 3986, section 3.2.1): the password, or a single part that is no plain user name. */
export const ADDRESS_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"']*:)[^\s/?#"']+(?=@)/gi;
export const ADDRESS_TOKEN = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#:@"']{16,}(?=@)/gi;

/** Credentials of a request (RFC 9110, section 11.4), with and without the header's name; and cookies. */
export const REQUEST_CREDENTIALS: readonly RegExp[] = [
  /(\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(?:basic|bearer|digest|negotiate|token|apikey|aws4-hmac-sha256)\s+)?[^"'\r\n]+/gi,
  /(\b(?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{8,}/gi,
  /(\b(?:set-)?cookie["']?\s*:\s*)[^"'\r\n]+/gi,
  /(\bx-[\w-]*(?:auth|key|token|secret)[\w-]*["']?\s*:\s*)[^\s"']+/gi,
];

/** Texts in the form of PEM (RFC 7468) that hold a private key, also when cut. */
export const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g;

/** What an option of a program has for a value. */
type ValueForm =
  /** All of it is secret. */
  | 'secret'
  /** What stands behind the first `:`, `%` or `,` is: `user:password`. */
  | 'user and secret'
  /** What stands behind the colon of `pass:x` is; `file:x` and `env:x` only say where it is. */
  | 'openssl source';

/** A short option of a program that is followed by a secret. */
export interface ProgramOption {
  readonly options: readonly string[];
  /** Whether the value stands in the same word: `attached` only there (mysql: `-p` alone asks for it), `both` there or in the next word. */
  readonly place: 'attached' | 'next' | 'both';
  readonly value: ValueForm;
}

const MYSQL: ProgramOption = { options: ['-p'], place: 'attached', value: 'secret' };
const NEXT_P: ProgramOption = { options: ['-p'], place: 'both', value: 'secret' };
const USER: ProgramOption = {
  options: ['-u', '--user', '-U', '--proxy-user'],
  place: 'both',
  value: 'user and secret',
};

/** By the name of the program. */
export const PROGRAM_OPTIONS: ReadonlyMap<string, readonly ProgramOption[]> = new Map(
  Object.entries({
    ...Object.fromEntries(
      (
        'mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlsh mysqlbinlog mysqlpump mydumper myloader ' +
        'mariadb mariadb-dump mariadb-admin mariadb-import mariadb-show mariadb-check mariadb-backup mariabackup xtrabackup innobackupex'
      )
        .split(' ')
        .map((program) => [program, [MYSQL]]),
    ),
    mongo: [NEXT_P],
    mongosh: [NEXT_P],
    mongodump: [NEXT_P],
    mongorestore: [NEXT_P],
    mongoexport: [NEXT_P],
    mongoimport: [NEXT_P],
    sshpass: [NEXT_P],
    // What sshpass runs has a -p of its own.
    ssh: [],
    scp: [],
    sftp: [],
    rsync: [],
    '7z': [MYSQL],
    '7za': [MYSQL],
    docker: [{ options: ['-p'], place: 'next', value: 'secret' }],
    podman: [{ options: ['-p'], place: 'next', value: 'secret' }],
    helm: [{ options: ['-p'], place: 'next', value: 'secret' }],
    az: [{ options: ['-p'], place: 'next', value: 'secret' }],
    rabbitmqadmin: [NEXT_P],
    xfreerdp: [{ options: ['/p:'], place: 'attached', value: 'secret' }],
    zip: [{ options: ['-P'], place: 'both', value: 'secret' }],
    unzip: [{ options: ['-P'], place: 'both', value: 'secret' }],
    sqlcmd: [{ options: ['-P'], place: 'both', value: 'secret' }],
    bcp: [{ options: ['-P'], place: 'both', value: 'secret' }],
    ipmitool: [{ options: ['-P'], place: 'both', value: 'secret' }],
    mosquitto_pub: [{ options: ['-P'], place: 'next', value: 'secret' }],
    mosquitto_sub: [{ options: ['-P'], place: 'next', value: 'secret' }],
    'redis-cli': [{ options: ['-a'], place: 'next', value: 'secret' }],
    ldapsearch: [{ options: ['-w'], place: 'both', value: 'secret' }],
    ldapmodify: [{ options: ['-w'], place: 'both', value: 'secret' }],
    ldapadd: [{ options: ['-w'], place: 'both', value: 'secret' }],
    curl: [USER],
    smbclient: [USER],
    lftp: [USER],
    httpie: [{ options: ['-a'], place: 'both', value: 'user and secret' }],
    http: [{ options: ['-a'], place: 'both', value: 'user and secret' }],
    ab: [{ options: ['-A', '-P'], place: 'both', value: 'user and secret' }],
    openssl: [
      { options: ['-passin', '-passout', '-pass'], place: 'next', value: 'openssl source' },
      { options: ['-k', '-K', '-passwd'], place: 'next', value: 'secret' },
    ],
  } satisfies Record<string, readonly ProgramOption[]>),
);
