import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { productionProblems } from './production.ts';
import { readSettings } from './settings.ts';
import { newFolder } from './testing/processes.ts';

const party = (name: string) => ({
  name,
  rpc: `https://${name}.parties.example.com:7001`,
  origin: `https://${name}.example.com`,
  expected: 'online',
  tls: { ca: '/etc/cs/ca.pem', cert: '/etc/cs/web.pem', key: '/etc/cs/web.key' },
});

const complete = {
  COUNTERSIGN_MODE: 'production',
  COUNTERSIGN_ORGANISATION: 'acme-custody',
  COUNTERSIGN_ORIGIN: 'https://console.example.com',
  COUNTERSIGN_RP_ID: 'example.com',
  COUNTERSIGN_PARTIES: JSON.stringify([party('control'), party('custody')]),
  COUNTERSIGN_SOLANA_RPC: 'https://solana.example.com',
  COUNTERSIGN_APPROVED_MODELS: 'ee882879-721c-4913-9775-3dfcce97072a',
  COUNTERSIGN_ATTESTATION_ROOTS: '/etc/cs/attestation-roots.pem',
  COUNTERSIGN_FEE_PAYER_KEY_FILE: '/etc/cs/fee-payer.json',
  DATABASE_URL: 'postgresql://owner:x7Gq@127.0.0.1:5432/cs',
  DATABASE_URL_WEB: 'postgresql://countersign_web:a4Kp@127.0.0.1:5432/cs',
  DATABASE_URL_WORKER: 'postgresql://countersign_worker:t9Wn@127.0.0.1:5432/cs',
  COUNTERSIGN_KEYS: 'unix:/run/countersign/keys.sock',
  COUNTERSIGN_KEYS_TOKEN_WEB: 'kT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eRw2v',
  COUNTERSIGN_KEYS_TOKEN_WORKER: 'wT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eRw2v',
  COUNTERSIGN_AT_REST: 'declared: LUKS on every disk, passphrases in the safe of the bank',
  NEXTAUTH_SECRET: 'Vw3mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eR',
  NEXTAUTH_URL: 'https://console.example.com',
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
};

function problems(
  changes: Record<string, string>,
  data = newFolder(),
  options: { isDev: boolean; isEmpty?: boolean } = { isDev: false },
): string[] {
  const variables = { ...complete, COUNTERSIGN_DATA: data, ...changes };
  return productionProblems(readSettings(variables, options), variables);
}

test('a complete production environment starts', () => {
  expect(problems({})).toEqual([]);
});

test.each([
  ['no data-key service', { COUNTERSIGN_KEYS: '' }, 'COUNTERSIGN_KEYS must be set in production'],
  [
    'a secret of a sandbox for it',
    { COUNTERSIGN_KEYS_TOKEN_WEB: `sandbox-${'kT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eR'}` },
    'COUNTERSIGN_KEYS_TOKEN_WEB must be a random secret of its own',
  ],
  [
    'one secret there for web server and worker',
    { COUNTERSIGN_KEYS_TOKEN_WEB: 'wT4mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eRw2v' },
    'must differ',
  ],
  [
    'disks of which nobody says anything',
    { COUNTERSIGN_AT_REST: '' },
    'COUNTERSIGN_AT_REST must be',
  ],
  ['the embedded database', { DATABASE_URL: '' }, 'DATABASE_URL is not set'],
  [
    'an owner reached without TLS',
    { DATABASE_URL: 'postgresql://owner:x7Gq@db.example.com/cs' },
    'DATABASE_URL must end in ?sslmode=verify-full',
  ],
  [
    'an owner with a password of a sandbox',
    { DATABASE_URL: 'postgresql://owner:sandbox-x7Gq@127.0.0.1/cs' },
    'DATABASE_URL must not hold a password that a sandbox generated',
  ],
  [
    'an owner with a sample password',
    { DATABASE_URL: 'postgresql://postgres:postgres@127.0.0.1/cs' },
    'DATABASE_URL must hold a random password',
  ],
  [
    'an owner elsewhere than the address says',
    { DATABASE_URL: 'postgresql://owner:x7Gq@127.0.0.1/cs?host=db.example.com' },
    'DATABASE_URL must have no parameters but',
  ],
  [
    'a role of the console for an owner',
    { DATABASE_URL: 'postgresql://countersign_web:x7Gq@127.0.0.1/cs' },
    'DATABASE_URL must name the owner',
  ],
  ['sample colleagues', { COUNTERSIGN_COLLEAGUES: 'unix:/run/c.sock' }, 'COUNTERSIGN_COLLEAGUES'],
  [
    'the sandbox chain',
    { COUNTERSIGN_SOLANA_RPC: 'http://127.0.0.1:3190' },
    'COUNTERSIGN_SOLANA_RPC',
  ],
  [
    'a missing key for server actions',
    { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'short' },
    'NEXT_SERVER_ACTIONS',
  ],
  ['a missing fee payer', { COUNTERSIGN_FEE_PAYER_KEY_FILE: '' }, 'COUNTERSIGN_FEE_PAYER_KEY_FILE'],
])('%s is refused by name', (_what, changes, name) => {
  expect(problems(changes).join('\n')).toContain(name);
});

test('the data folder of a sandbox is refused', () => {
  const data = newFolder();
  writeFileSync(join(data, 'secrets.json'), '{}');
  mkdirSync(join(data, 'sandbox'));
  expect(problems({}, data).join('\n')).toMatch(
    /holds a sandbox \(secrets\.json\)[^]*holds a sandbox \(sandbox\)/,
  );
});

test('the development server is refused', () => {
  expect(problems({}, newFolder(), { isDev: true }).join('\n')).toContain('npm run dev');
});

test('a start without the sample organisation is refused by either of its names', () => {
  const asked = problems({}, newFolder(), { isDev: false, isEmpty: true });
  expect(asked).toEqual(problems({ COUNTERSIGN_SAMPLE: 'none' }));
  expect(asked.join('\n')).toMatch(/`--empty` and COUNTERSIGN_SAMPLE are for the sandbox only/);
});
