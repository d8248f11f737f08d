import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { newFolder, runScript, until } from './supervisor/testing/processes.ts';

const party = (name: string) => ({
  name,
  rpc: `https://${name}.parties.example.com:7001`,
  origin: `https://${name}.example.com`,
  expected: 'online',
  tls: { ca: '/etc/cs/ca.pem', cert: '/etc/cs/web.pem', key: '/etc/cs/web.key' },
});

const production = {
  COUNTERSIGN_MODE: 'production',
  COUNTERSIGN_ORGANISATION: 'acme-custody',
  COUNTERSIGN_ORIGIN: 'https://console.example.com',
  COUNTERSIGN_RP_ID: 'example.com',
  COUNTERSIGN_PARTIES: JSON.stringify(['control', 'custody', 'recovery'].map(party)),
  COUNTERSIGN_SOLANA_RPC: 'https://solana.example.com',
  COUNTERSIGN_APPROVED_MODELS: 'ee882879-721c-4913-9775-3dfcce97072a',
  COUNTERSIGN_ATTESTATION_ROOTS: '/etc/cs/attestation-roots.pem',
  NEXTAUTH_SECRET: 'Vw3mZ0Zr9xJtQ2nB7yK5uP8sD1fG4hL6aC0eR',
  NEXTAUTH_URL: 'https://console.example.com',
};

const four = [
  'Ada Hofmann:officer,administrator',
  'Marek Kowalski:officer:control',
  'Ines Moreau:officer:custody',
  'Sofia Rossi:officer:recovery',
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function founders(words: string[], env: Record<string, string> = {}) {
  const running = runScript(['scripts/founders.ts', ...words], {
    ...production,
    COUNTERSIGN_DATA: newFolder(),
    DATABASE_URL_WEB: database.urls.web,
    COUNTERSIGN_KEYS: inject('testKeys').address,
    COUNTERSIGN_KEYS_TOKEN_WEB: inject('testKeys').tokens.web,
    ...env,
  });
  return { code: await running.ended, text: running.output().trim() };
}

const linksIn = (text: string): string[] =>
  text.match(/https:\/\/console\.example\.com\/enrol#[\w-]{43}/gu) ?? [];

describe('npm run founders, with the variables of a production web server', () => {
  test('says up front what is missing, and invites nobody', async () => {
    const { code, text } = await founders(four.slice(0, 2));
    expect(code).toBe(1);
    expect(text).toBe(
      'These founders cannot begin an organisation. Still missing: an officer of Custody to co-sign and an officer of Recovery to state in key ceremonies. Nobody was invited.',
    );
    expect((await founders([])).text).toContain('There are no founders yet.');
  });

  test('prints a link for each, new ones when asked again, and no old one works', async () => {
    const first = await founders(four);
    expect(first.code).toBe(0);
    expect(linksIn(first.text)).toHaveLength(4);
    expect((await founders([])).text).toMatch(
      /^Marek Kowalski +not enrolled +officer of control$/mu,
    );
    const again = await founders(['--renew']);
    expect(linksIn(again.text)).toHaveLength(4);
    expect(linksIn(again.text)).not.toEqual(linksIn(first.text));
    const owner = database.connect('owner');
    expect(await owner.invitation.count({ where: { usedAt: null } })).toBe(4);
    expect(await owner.operator.count()).toBe(4);
  });

  test('takes one out by name', async () => {
    expect((await founders(['--remove', 'Nobody'])).text).toBe('There is no founder of this name.');
    expect((await founders(['--remove', 'sofia rossi'])).text).toContain(
      'Sofia Rossi is no founder any more',
    );
  });

  test('says that the database cannot be reached, without its password', async () => {
    const { code, text } = await founders([], {
      DATABASE_URL_WEB: 'postgresql://countersign_web:not-to-be-shown@127.0.0.1:1/countersign',
    });
    expect(code).toBe(1);
    expect(text).toMatch(/^The database of DATABASE_URL_WEB cannot be used/u);
    expect(text).not.toContain('not-to-be-shown');
  });

  test('says that the database went away while it was asked', async () => {
    const owner = new pg.Client({ connectionString: database.urls.owner });
    await owner.connect();
    const maintenance = new URL('/postgres', inject('testServer').ownerUrl);
    const server = new pg.Client({ connectionString: maintenance.href });
    await server.connect();
    try {
      await owner.query('begin');
      await owner.query('lock table operator in access exclusive mode');
      const asked = founders(['--remove', 'Nobody']);
      await until('the command waits for the table', async () => {
        const { rowCount } = await server.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where wait_event_type = 'Lock' and datname = $1`,
          [new URL(database.urls.owner).pathname.slice(1)],
        );
        return rowCount === 1;
      });
      const { code, text } = await asked;
      expect(code).toBe(1);
      expect(text).toMatch(
        /^The database of DATABASE_URL_WEB cannot be used: .*Check that it runs/u,
      );
      expect(text).not.toMatch(/^\s+at /mu);
    } finally {
      await owner.end();
      await server.end();
    }
  });

  test('refuses with a sentence once a roster is in force', async () => {
    const document = { begun: true };
    await database.connect('owner').rosterVersion.create({
      data: { version: 1, digest: digestOf(document), document: canonicalize(document) },
    });
    for (const words of [four, [], ['--renew'], ['--remove', 'Ada Hofmann']]) {
      const { code, text } = await founders(words);
      expect(code).toBe(1);
      expect(text).toMatch(/^Genesis is in force, so there are no founders any more\./u);
    }
  });
});
