import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testContext } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import {
  startSandbox,
  type SandboxProcess,
} from '#lib/sandbox/ethereum/testing/sandbox-process.ts';
import { openNodes } from './open-nodes.ts';

let folder: string;
let database: TestDatabase;
let chain: SandboxProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cs-open-'));
  [database, chain] = await Promise.all([createTestDatabase(), startSandbox({ data: folder })]);
});
afterAll(async () => {
  await chain.stop('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (url: string) => {
  const { ethereum } = openNodes(testContext(database.connect('worker')), {
    nodes: { ethereum: [url] },
    bitcoinCookieFile: null,
  });
  if (!ethereum) throw new Error('No node was opened.');
  return ethereum;
};

it('the worker puts the first Ethereum chain that it meets on record and asks it again', async () => {
  expect(await open(chain.url).blockNumber()).toBeTypeOf('bigint');
  expect(
    await database.connect('web').chainIdentity.findUnique({ where: { chain: 'eip155:31337' } }),
  ).toMatchObject({ genesisHash: expect.stringMatching(/^0x[0-9a-f]{64}$/) });
  // The same chain again is no other one.
  expect(await open(chain.url).blockNumber()).toBeTypeOf('bigint');
});
