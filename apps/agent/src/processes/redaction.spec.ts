import { redactCommand } from './redaction';

/** A command line as words, redacted and joined. */
const redact = (...words: string[]) => redactCommand(words).join(' ');

const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----';

describe('redaction of command lines', () => {
  it.each<[string, string[], string]>([
    ['an option and a word', ['app', '--password', 'S3cr'], 'app --password ***'],
    ['blanks in the value', ['app', '--password', 'my S3cr et'], 'app --password ***'],
    ['an option with one dash', ['app', '-password', 'S3cr'], 'app -password ***'],
    ['an option with parts', ['app', '--db-admin-password', 'S3cr'], 'app --db-admin-password ***'],
    ['an option with =', ['app', '--password=S3cr', '-v'], 'app --password=*** -v'],
    ['a token', ['app', '--token=S3cr'], 'app --token=***'],
    ['a token in parts', ['app', '--github-token', 'S3cr'], 'app --github-token ***'],
    ['an API key', ['app', '--api-key', 'S3cr'], 'app --api-key ***'],
    ['an API key in one word', ['app', '--apikey=S3cr'], 'app --apikey=***'],
    ['a client secret', ['app', '--client-secret', 'S3cr'], 'app --client-secret ***'],
    ['a passphrase', ['gpg', '--passphrase', 'S3cr', '-d'], 'gpg --passphrase *** -d'],
    [
      'a Java property',
      ['java', '-Djavax.net.ssl.keyStorePassword=S3cr', 'Main'],
      'java -Djavax.net.ssl.keyStorePassword=*** Main',
    ],
    [
      'a nested assignment',
      ['kubectl', '--from-literal=password=S3cr'],
      'kubectl --from-literal=password=***',
    ],
    [
      'mount options',
      ['mount', '-o', 'username=bob,password=S3cr,ro'],
      'mount -o username=bob,password=***,ro',
    ],
    [
      'a variable of AWS',
      ['env', 'AWS_SECRET_ACCESS_KEY=S3cr/a+b', 'x'],
      'env AWS_SECRET_ACCESS_KEY=*** x',
    ],
    ['a variable of PostgreSQL', ['env', 'PGPASSWORD=S3cr', 'psql'], 'env PGPASSWORD=*** psql'],
    ['a variable of MySQL', ['env', 'MYSQL_PWD=S3cr'], 'env MYSQL_PWD=***'],
    [
      'a connection string',
      ['psql', 'host=db user=bob password=S3cr'],
      'psql host=db user=bob password=***',
    ],
    ['JSON', ['app', '{"user":"bob","password":"S3 cr"}'], 'app {"user":"bob","password":***}'],
    ['mysql', ['mysql', '-uroot', '-pS3cr', 'shop'], 'mysql -uroot -p*** shop'],
    ['mysql that asks', ['mysql', '-p', 'shop'], 'mysql -p shop'],
    [
      'mysqldump by its path, under another',
      ['nice', '/usr/bin/mysqldump', '-pS3cr'],
      'nice /usr/bin/mysqldump -p***',
    ],
    ['mariadb', ['mariadb', '-pS3cr'], 'mariadb -p***'],
    ['another program’s -p', ['ssh', '-p2222', 'host'], 'ssh -p2222 host'],
    ['mongodump', ['mongodump', '-u', 'a', '-p', 'S3cr'], 'mongodump -u a -p ***'],
    ['sshpass', ['sshpass', '-p', 'S3cr', 'ssh', 'host'], 'sshpass -p *** ssh host'],
    [
      'sshpass in one word',
      ['sshpass', '-pS3cr', 'ssh', '-p', '22', 'host'],
      'sshpass -p*** ssh -p 22 host',
    ],
    ['curl', ['curl', '-u', 'bob:S3cr', 'http://h'], 'curl -u bob:*** http://h'],
    ['curl with a long option', ['curl', '--user', 'bob:S3cr'], 'curl --user bob:***'],
    ['smbclient', ['smbclient', '-U', 'bob%S3cr', '//h/s'], 'smbclient -U bob%*** //h/s'],
    ['redis-cli', ['redis-cli', '-a', 'S3cr', 'ping'], 'redis-cli -a *** ping'],
    ['docker login', ['docker', 'login', '-u', 'bob', '-p', 'S3cr'], 'docker login -u bob -p ***'],
    ['ldapsearch', ['ldapsearch', '-w', 'S3cr'], 'ldapsearch -w ***'],
    ['zip', ['zip', '-P', 'S3cr', 'a.zip'], 'zip -P *** a.zip'],
    ['7z', ['7z', 'a', '-pS3cr', 'a.7z'], '7z a -p*** a.7z'],
    ['openssl', ['openssl', 'rsa', '-passin', 'pass:S3cr'], 'openssl rsa -passin pass:***'],
    [
      'openssl with a file',
      ['openssl', 'rsa', '-passin', 'file:/k'],
      'openssl rsa -passin file:/k',
    ],
    ['openssl enc', ['openssl', 'enc', '-k', 'S3cr'], 'openssl enc -k ***'],
    [
      'an address',
      ['git', 'clone', 'https://bob:S3cr@host/r.git'],
      'git clone https://bob:***@host/r.git',
    ],
    [
      'an address with a slash',
      ['app', 'postgres://bob:S3@cr@db/x?sslmode=off'],
      'app postgres://bob:***@db/x?sslmode=off',
    ],
    ['an address without a user', ['app', 'redis://:S3cr@h:6379'], 'app redis://:***@h:6379'],
    [
      'a token for a user',
      ['git', 'clone', 'https://0a1b2c3d4e5f6a7b8c9d@host/r'],
      'git clone https://***@host/r',
    ],
    [
      'a question in an address',
      ['curl', 'https://h/?a=1&token=S3cr&b=2'],
      'curl https://h/?a=1&token=***&b=2',
    ],
    ['a header', ['curl', '-H', 'Authorization: Bearer S3cr.et'], 'curl -H Authorization: ***'],
    ['a header of another kind', ['curl', '-H', 'X-Api-Key: S3cr'], 'curl -H X-Api-Key: ***'],
    ['a cookie', ['curl', '-H', 'Cookie: sid=S3cr; b=c'], 'curl -H Cookie: ***'],
    ['a bearer', ['app', 'Bearer S3cretS3cret'], 'app Bearer ***'],
    ['a JSON Web Token', ['app', JWT], 'app ***'],
    ['a key of GitHub', ['app', 'ghp_0123456789abcdefABCDEF0123456789abcd'], 'app ***'],
    ['a key of AWS', ['app', 'AKIAIOSFODNN7EXAMPLE'], 'app ***'],
    ['a long hexadecimal word', ['app', 'd41d8cd98f00b204e9800998ecf8427e'], 'app ***'],
    ['a long base64 word', ['app', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'], 'app ***'],
    ['a private key', ['app', PEM, '-v'], 'app *** -v'],
    ['a private key that is cut', ['app', PEM.slice(0, 40)], 'app ***'],
    [
      'a shell’s text',
      ['sh', '-c', 'cd /x && mysql -uroot -pS3cr shop'],
      'sh -c cd /x && mysql -uroot -p*** shop',
    ],
    [
      'a shell’s text with an option',
      ['sh', '-c', 'app --password  S3cr -v'],
      'sh -c app --password  *** -v',
    ],
    [
      'quotes in a shell’s text',
      ['sh', '-c', `app --password 'S3 cr' -v`],
      'sh -c app --password *** -v',
    ],
    [
      'a text in a text',
      ['ssh', 'h', `sh -c "sshpass -p S3cr ssh x"`],
      'ssh h sh -c "sshpass -p *** ssh x"',
    ],
    [
      'a variable in a shell’s text',
      ['sh', '-c', 'export DB_PASSWORD="S3 cr"; run'],
      'sh -c export DB_PASSWORD=***; run',
    ],
    [
      'a program that wrote its own line',
      ['worker: mysql -pS3cr --token=S3cr'],
      'worker: mysql -p*** --token=***',
    ],
  ])('hides %s', (_, words, expected) => {
    expect(redact(...words)).toBe(expected);
    expect(redact(...words)).not.toContain('S3');
  });

  it.each([
    'postgres: writer process',
    '/usr/lib/jvm/java-17/bin/java -Xmx4g -cp /opt/app/lib/core-1.2.3.jar org.example.Main',
    'nginx: worker process',
    'app --password-file /run/secrets/db --no-password --token-url https://h/t',
    'ssh -i /home/bob/.ssh/id_ed25519 -p 22 bob@host',
    'dockerd --containerd=/run/containerd/containerd.sock',
    '/proc/self/exe --type=renderer --enable-features=NetworkServiceInProcess2,SharedArrayBufferUnrestrictedAccessAllowed',
    'runc --root /run/x /var/lib/docker/overlay2/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/merged',
    'app --id 123e4567-e89b-12d3-a456-426614174000',
    'git clone git@github.com:a/b.git https://bob@host/r',
    'python3 -m http.server --bind 127.0.0.1 8000',
    'passwd bob',
    'npm run build:token-table',
  ])('leaves %s as it is', (line) => {
    expect(redact(...line.split(' '))).toBe(line);
    expect(redact(line)).toBe(line);
  });

  it('comes to an end, whatever is in a command line', () => {
    const pieces = [
      '"',
      `'`,
      'password=',
      '-----BEGIN PRIVATE KEY-----',
      'a:',
      'eyJ',
      '://',
      ' ',
      '-',
    ];
    for (const piece of pieces) {
      const repeated = redact(piece.repeat(4_096 / piece.length));
      const long = redact('x', `${piece}${'a'.repeat(4_000)}`);
      expect([repeated.length, long.length]).not.toContain(0);
    }
  });
});
