import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importRegister } from '#lib/resilience/records/import-register.ts';
import { entity, sampleRows } from '#lib/resilience/roi/testing/sample-register.ts';
import { openResilienceDesk, type ResilienceDesk } from '#lib/resilience/testing/desk.ts';
import { newFolder, runScript } from '../supervisor/testing/processes.ts';

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

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

async function roi(...words: string[]) {
  const running = runScript(['scripts/roi.ts', ...words], {
    ...production,
    COUNTERSIGN_DATA: newFolder(),
    DATABASE_URL_WEB: desk.database.urls.web,
    COUNTERSIGN_KEYS: inject('testKeys').address,
    COUNTERSIGN_KEYS_TOKEN_WEB: inject('testKeys').tokens.web,
  });
  return { code: await running.ended, text: running.output().trim() };
}

test('the register is written with what the web server may, and a check finds nothing in it', async () => {
  const folder = join(newFolder(), 'filing');
  const early = await roi('export', folder, '--date', '2025-12-31');
  expect(early).toEqual({
    code: 2,
    text: 'The entity that keeps the register is not on record yet. Record it first.',
  });
  const taken = await importRegister(desk.manager, { rows: sampleRows() }, desk.context);
  expect(taken).toMatchObject({ ok: true });
  const { code, text } = await roi('export', folder, '--date', '2025-12-31');
  expect({ code, text }).toEqual({
    code: 0,
    text: expect.stringMatching(/holds 30 rows in 15 templates\.\nA check finds nothing\.$/u),
  });
  expect(readdirSync(folder)).toEqual([
    expect.stringMatching(
      new RegExp(`^${entity}\\.IND_LU_DORA010100_DORA_2025-12-31_\\d{17}\\.zip$`, 'u'),
    ),
  ]);
  const named = join(folder, 'other.zip');
  expect(await roi('export', named, '--date', '2025-12-31', '--consolidated')).toMatchObject({
    code: 0,
    text: expect.stringContaining('0 that would refuse it and 1 to be asked about'),
  });
  expect((await roi('check', named)).code).toBe(0);
  // As a download of the page is.
  const entries = await desk.owner.auditEntry.findMany({
    where: { kind: 'register-of-information-exported' },
  });
  expect(entries.map(({ actor }) => actor)).toEqual(['system', 'system']);
});
