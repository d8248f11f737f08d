import { describe, expect, test } from 'vitest';
import { EnvironmentError, readWebEnvironment, readWorkerEnvironment } from './env.ts';

const party = (name: string, port: number) => ({
  name,
  rpc: `https://${name}.parties.example.com:${port}`,
  origin: `https://${name}.example.com`,
  expected: 'online',
  tls: { ca: '/etc/cs/ca.pem', cert: '/etc/cs/web.pem', key: '/etc/cs/web.key' },
});

const source = (url: string) => ({ name: 'prices', fact: 'price', url });

const production = {
  COUNTERSIGN_MODE: 'production',
  COUNTERSIGN_ORGANISATION: 'acme-custody',
  COUNTERSIGN_ORIGIN: 'https://console.example.com',
  COUNTERSIGN_RP_ID: 'example.com',
  COUNTERSIGN_PARTIES: JSON.stringify([party('control', 7001), party('custody', 7001)]),
  COUNTERSIGN_SOLANA_RPC: 'https://solana.example.com',
  COUNTERSIGN_APPROVED_MODELS: 'ee882879-721c-4913-9775-3dfcce97072a',
  COUNTERSIGN_ATTESTATION_ROOTS: '/etc/cs/attestation-roots.pem',
  DATABASE_URL_WEB:
    'postgresql://countersign_web:long-random@db.example.com/cs?sslmode=verify-full',
  COUNTERSIGN_KEYS: 'unix:/run/countersign/keys.sock',
  COUNTERSIGN_KEYS_TOKEN_WEB: 'kT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eRw2v',
  COUNTERSIGN_KEYS_TOKEN_WORKER: 'wT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eRw2v',
  NEXTAUTH_SECRET: 'Vw3mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eR',
  NEXTAUTH_URL: 'https://console.example.com',
};

const sandbox = {
  COUNTERSIGN_PARTIES: JSON.stringify([
    {
      name: 'control',
      rpc: 'unix:/data/control.sock',
      origin: 'http://localhost:3101',
      expected: 'online',
    },
    {
      name: 'recovery',
      rpc: 'unix:/data/recovery.sock',
      origin: 'http://localhost:3103',
      expected: 'offline',
    },
  ]),
  DATABASE_URL_WEB: 'postgresql://countersign_web:sandbox-x@127.0.0.1:54329/countersign',
  NEXTAUTH_SECRET: 'sandbox-0123456789012345678901234567890123',
  NEXTAUTH_URL: 'http://localhost:3000',
};

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}

const webFaults = (changes: Record<string, string | undefined>): readonly string[] =>
  faultsOf(() => readWebEnvironment({ ...production, ...changes }));

describe('web environment', () => {
  test('the sandbox needs only what has no default', () => {
    const environment = readWebEnvironment(sandbox);
    expect(environment.mode).toBe('sandbox');
    expect(environment.origin).toBe('http://localhost:3000');
    expect(environment.colleagues).toBeNull();
    expect(environment.parties.map((item) => item.expected)).toEqual(['online', 'offline']);
  });

  test('a complete production environment is accepted', () => {
    expect(readWebEnvironment(production).approvedModels).toHaveLength(1);
  });

  test('every missing value is named at once, with what is expected', () => {
    const faults = faultsOf(() => readWebEnvironment({ COUNTERSIGN_MODE: 'production' }));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'COUNTERSIGN_ORGANISATION',
      'COUNTERSIGN_ORIGIN',
      'COUNTERSIGN_RP_ID',
      'COUNTERSIGN_PARTIES',
      'COUNTERSIGN_SOLANA_RPC',
      'DATABASE_URL_WEB',
      'NEXTAUTH_SECRET',
      'NEXTAUTH_URL',
    ]);
    expect(faults.every((fault) => fault.includes('must be'))).toBe(true);
  });

  test.each([
    ['COUNTERSIGN_MODE', 'staging'],
    ['COUNTERSIGN_ORIGIN', 'https://console.example.com/'],
    ['COUNTERSIGN_ORIGIN', 'HTTPS://console.example.com'],
    ['COUNTERSIGN_ORIGIN', 'console.acme.example'],
    ['COUNTERSIGN_RP_ID', 'https://example.com'],
    ['COUNTERSIGN_PARTIES', '{'],
    ['COUNTERSIGN_PARTIES', '[]'],
    ['COUNTERSIGN_PARTIES', JSON.stringify([party('control', 7001), party('control', 7001)])],
    [
      'COUNTERSIGN_PARTIES',
      JSON.stringify([{ ...party('a', 1), rpc: 'http://a:1' }, party('b', 1)]),
    ],
    ['COUNTERSIGN_PARTIES', JSON.stringify([{ ...party('a', 1), extra: 1 }, party('b', 1)])],
    ['COUNTERSIGN_SOLANA_RPC', 'ws://solana.example.com'],
    ['COUNTERSIGN_APPROVED_MODELS', 'yubikey'],
    ['COUNTERSIGN_ATTESTATION_ROOTS', 'roots.pem'],
    ['DATABASE_URL_WEB', 'mysql://user@host/db'],
    ['DATABASE_URL_WEB', 'postgresql://postgres:abc@127.0.0.1/cs'],
    ['DATABASE_URL_WEB', 'postgresql://countersign_worker:abc@127.0.0.1/cs'],
    ['DATABASE_URL_WEB', 'postgresql://countersign_web:abc@127.0.0.1/cs?User=postgres'],
    ['DATABASE_URL_WEB', 'postgresql://countersign_web:%zz@127.0.0.1/cs'],
    ['NEXTAUTH_SECRET', 'hunter2-is-too-short'],
  ])('a wrong %s is named and never printed', (name, value) => {
    const faults = webFaults({ [name]: value });
    expect(faults[0]).toMatch(new RegExp(`^${name} must be `));
    expect(faults.join('\n')).not.toContain(` ${value}`);
  });

  test.each([
    ['COUNTERSIGN_ORIGIN', 'https://console.example.com:6000'],
    ['COUNTERSIGN_SOLANA_RPC', 'https://solana.example.com:4190'],
    [
      'COUNTERSIGN_PARTIES',
      JSON.stringify([
        { ...party('control', 7001), origin: 'https://control.example.com:6697' },
        party('custody', 7001),
      ]),
    ],
  ])('a %s on a port that browsers refuse to open is named with the reason', (name, value) => {
    const faults = webFaults({ [name]: value });
    expect(faults[0]).toMatch(
      new RegExp(`^${name} must be .+ It names a port that browsers refuse to open`),
    );
    expect(faults.join('\n')).not.toContain(value);
  });

  test.each([
    [
      'an origin without TLS',
      {
        COUNTERSIGN_ORIGIN: 'http://console.example.com',
        NEXTAUTH_URL: 'http://console.example.com',
      },
      'COUNTERSIGN_ORIGIN',
    ],
    [
      'a loopback origin',
      { COUNTERSIGN_ORIGIN: 'https://localhost:3000', NEXTAUTH_URL: 'https://localhost:3000' },
      'COUNTERSIGN_ORIGIN',
    ],
    ['a foreign relying party', { COUNTERSIGN_RP_ID: 'other.example.org' }, 'COUNTERSIGN_RP_ID'],
    [
      'a party on a local socket',
      { COUNTERSIGN_PARTIES: sandbox.COUNTERSIGN_PARTIES },
      'COUNTERSIGN_PARTIES',
    ],
    [
      'the sandbox chain',
      { COUNTERSIGN_SOLANA_RPC: 'http://127.0.0.1:3190' },
      'COUNTERSIGN_SOLANA_RPC',
    ],
    ['a sandbox secret', { NEXTAUTH_SECRET: sandbox.NEXTAUTH_SECRET }, 'NEXTAUTH_SECRET'],
    [
      'a sample secret',
      { NEXTAUTH_SECRET: 'changeme-changeme-changeme-changeme' },
      'NEXTAUTH_SECRET',
    ],
    [
      'a sandbox database password',
      { DATABASE_URL_WEB: 'postgresql://countersign_web:sandbox-abc@127.0.0.1/cs' },
      'DATABASE_URL_WEB',
    ],
    [
      'an unchecked remote database',
      { DATABASE_URL_WEB: 'postgresql://countersign_web:abc@db.example.com/cs' },
      'DATABASE_URL_WEB',
    ],
    [
      'sample colleagues',
      { COUNTERSIGN_COLLEAGUES: 'unix:/run/colleagues.sock' },
      'COUNTERSIGN_COLLEAGUES',
    ],
    [
      'a source on a socket of this machine',
      { COUNTERSIGN_SOURCES: JSON.stringify([source('unix:/run/sources.sock')]) },
      'COUNTERSIGN_SOURCES',
    ],
    [
      'a source reached in clear',
      { COUNTERSIGN_SOURCES: JSON.stringify([source('http://127.0.0.1:9')]) },
      'COUNTERSIGN_SOURCES',
    ],
    [
      'a source whose key comes from the settings',
      {
        COUNTERSIGN_SOURCES: JSON.stringify([
          { ...source('https://prices.example.com'), sandboxKey: 'ab'.repeat(32) },
        ]),
      },
      'COUNTERSIGN_SOURCES',
    ],
    [
      'two sources of one name',
      {
        COUNTERSIGN_SOURCES: JSON.stringify([
          source('https://a.example.com'),
          source('https://b.example.com'),
        ]),
      },
      'COUNTERSIGN_SOURCES',
    ],
    [
      'two parties on this machine',
      {
        COUNTERSIGN_PARTIES: JSON.stringify([
          { ...party('control', 7001), rpc: 'https://127.0.0.1:7001' },
          { ...party('custody', 7001), rpc: 'https://localhost:7002' },
        ]),
      },
      'COUNTERSIGN_PARTIES',
    ],
    [
      'two parties on one other machine',
      {
        COUNTERSIGN_PARTIES: JSON.stringify([
          { ...party('control', 7001), rpc: 'https://parties.example.com:7001' },
          { ...party('custody', 7001), rpc: 'https://parties.example.com.:7002' },
        ]),
      },
      'COUNTERSIGN_PARTIES',
    ],
    [
      'the page of a party on this machine',
      {
        COUNTERSIGN_PARTIES: JSON.stringify([
          { ...party('control', 7001), origin: 'https://control.localhost' },
          party('custody', 7001),
        ]),
      },
      'COUNTERSIGN_PARTIES',
    ],
    [
      'keys that name no model',
      { COUNTERSIGN_APPROVED_MODELS: '00000000-0000-0000-0000-000000000000' },
      'COUNTERSIGN_APPROVED_MODELS',
    ],
    ['any model of key', { COUNTERSIGN_APPROVED_MODELS: undefined }, 'COUNTERSIGN_APPROVED_MODELS'],
    [
      'any maker of keys',
      { COUNTERSIGN_ATTESTATION_ROOTS: undefined },
      'COUNTERSIGN_ATTESTATION_ROOTS',
    ],
    [
      'another address for sign-in',
      { NEXTAUTH_URL: 'https://elsewhere.example.com' },
      'NEXTAUTH_URL',
    ],
  ])('production refuses %s', (_what, changes, name) => {
    expect(webFaults(changes).map((fault) => fault.split(' ')[0])).toContain(name);
  });
});

describe('a production database', () => {
  const web = (rest: string) => ({ DATABASE_URL_WEB: `postgresql://countersign_web:${rest}` });

  test.each([
    ['sslmode twice', web('x4@db.example.com/cs?sslmode=verify-full&sslmode=disable')],
    ['sslmode twice, once in disguise', web('x4@127.0.0.1/cs?sslmode=verify-full&ssl%6Dode=x')],
    ['sslmode in capitals', web('x4@db.example.com/cs?sslmode=verify-full&SSLMODE=disable')],
    ['another sslmode on this machine', web('x4@127.0.0.1/cs?sslmode=no-verify')],
    ['a host in the query', web('x4@localhost/cs?host=db.example.com')],
    ['a disguised host in the query', web('x4@localhost/cs?%68ost=db.example.com')],
    ['an address in the query', web('x4@localhost/cs?hostaddr=192.0.2.1')],
    ['a port in the query', web('x4@localhost/cs?port=1')],
    ['a user in the query', web('x4@localhost/cs?user=postgres')],
    ['a password in the query', web('x4@localhost/cs?password=other')],
    ['a limit in the query', web('x4@localhost/cs?query_timeout=0')],
    ['no host', web('x4@/cs')],
    ['no password', { DATABASE_URL_WEB: 'postgresql://countersign_web@localhost/cs' }],
    ['a sample password', web('changeme@localhost/cs')],
    ['its name for a password', web('countersign_web@localhost/cs')],
  ])('with %s is refused and never printed', (_what, changes) => {
    const faults = webFaults(changes);
    expect(faults.map((fault) => fault.split(' ')[0])).toContain('DATABASE_URL_WEB');
    expect(faults.join('\n')).not.toMatch(/x4|192\.0\.2\.1|disable/);
  });

  test.each([
    web('x4@127.0.0.1:5432/cs'),
    web('x4@localhost/cs?sslmode=verify-full'),
    web('x4@db.example.com/cs?sslmode=verify-full&sslrootcert=/etc/cs/db.pem'),
  ])('on this machine or over checked TLS is accepted', (changes) => {
    expect(webFaults(changes)).toEqual([]);
  });
});

test('one party and a chain node of one’s own may be on the machine of the console', () => {
  const parties = [
    { ...party('control', 7001), rpc: 'https://127.0.0.1:7001' },
    party('custody', 7001),
  ];
  expect(
    webFaults({
      COUNTERSIGN_PARTIES: JSON.stringify(parties),
      COUNTERSIGN_SOLANA_RPC: 'https://localhost:8899',
    }),
  ).toEqual([]);
});

describe('worker environment', () => {
  test.each(['production', 'sandbox'])('the %s worker signs in as no other role', (mode) => {
    const faults = faultsOf(() =>
      readWorkerEnvironment({
        ...(mode === 'production' ? production : sandbox),
        DATABASE_URL_WORKER: 'postgresql://countersign_web:x4@127.0.0.1/cs',
        COUNTERSIGN_FEE_PAYER_KEY_FILE: '/data/worker/fee-payer.json',
      }),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['DATABASE_URL_WORKER']);
  });

  test('a genesis hash that is none is named', () => {
    const faults = faultsOf(() =>
      readWorkerEnvironment({ ...sandbox, COUNTERSIGN_SOLANA_GENESIS: 'mainnet' }),
    );
    expect(faults.at(-1)).toMatch(/^COUNTERSIGN_SOLANA_GENESIS must be the genesis hash/);
  });

  test('the worker needs its own database role and the key file of the fee payer', () => {
    const faults = faultsOf(() => readWorkerEnvironment(sandbox));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'DATABASE_URL_WORKER',
      'COUNTERSIGN_FEE_PAYER_KEY_FILE',
    ]);
    const environment = readWorkerEnvironment({
      ...sandbox,
      DATABASE_URL_WORKER: 'postgresql://countersign_worker:sandbox-y@127.0.0.1:54329/countersign',
      COUNTERSIGN_FEE_PAYER_KEY_FILE: '/data/worker/fee-payer.json',
    });
    expect(environment.feePayerKeyFile).toBe('/data/worker/fee-payer.json');
    expect(environment.solanaGenesis).toBeNull();
  });
});
