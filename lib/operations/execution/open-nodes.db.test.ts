import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { testContext } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import {
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import {
  startSandbox,
  type SandboxProcess,
} from '#lib/sandbox/ethereum/testing/sandbox-process.ts';
import { openDoors } from '../chain-doors.ts';
import { openNodes } from './open-nodes.ts';

let folder: string;
let database: TestDatabase;
let chain: SandboxProcess;
let bitcoin: BitcoinSandboxProcess;
let other: BitcoinSandboxProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cs-open-'));
  [database, chain, bitcoin, other] = await Promise.all([
    createTestDatabase(),
    startSandbox({ data: join(folder, 'ethereum') }),
    startBitcoinSandbox({ data: join(folder, 'bitcoin') }),
    startBitcoinSandbox({ data: join(folder, 'other') }),
  ]);
});
afterAll(async () => {
  await Promise.all([chain.stop('SIGKILL'), bitcoin.stop('SIGKILL'), other.stop('SIGKILL')]);
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

const recorded = (of: string) =>
  database.connect('web').chainIdentity.findUnique({ where: { chain: of } });

it('the worker puts the first Ethereum chain that it meets on record and asks it again', async () => {
  expect(await open(chain.url).blockNumber()).toBeTypeOf('bigint');
  expect(await recorded('eip155:31337')).toMatchObject({
    genesisHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
  });
  // The same chain again is no other one.
  expect(await open(chain.url).blockNumber()).toBeTypeOf('bigint');
});

describe.each(['core', 'esplora'])('a Bitcoin node asked as %s', (kind) => {
  const openBitcoin = (...urls: string[]) => {
    const nodes = { bitcoin: urls.map((url) => `${kind}:${url}`) };
    const opened = openNodes(testContext(database.connect('worker')), {
      nodes,
      bitcoinCookieFile: null,
    });
    if (!opened.bitcoin) throw new Error('No node was opened.');
    return opened.bitcoin;
  };

  it('of the chain on record is asked, one of another chain with the same first block is not', async () => {
    const source = openBitcoin(bitcoin.url);
    const { height } = await source.tip();
    expect(height).toBeGreaterThan(0);
    expect((await recorded(BITCOIN_REGTEST))?.genesisHash).toBe(await source.blockHash(1));
    await expect(openBitcoin(other.url).tip()).rejects.toMatchObject({ fault: 'node-other-chain' });
    await expect(openBitcoin(bitcoin.url, other.url).tip()).rejects.toMatchObject({
      fault: 'node-other-chain',
    });
    const doors = openDoors(
      testContext(database.connect('web'), { nodes: { bitcoin: [`${kind}:${other.url}`] } }),
    ).flatMap(({ facts, doors: found }) => (facts.chain === BITCOIN_REGTEST ? found : []));
    await expect(doors[0]?.newest()).rejects.toMatchObject({ fault: 'node-other-chain' });
  });
});
