import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { createEthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { testContext } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { ChainNodes } from '#lib/platform/context.ts';
import { createBitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import {
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import {
  startSandbox as startEthereum,
  type SandboxProcess,
} from '#lib/sandbox/ethereum/testing/sandbox-process.ts';
import { openDoors } from './chain-doors.ts';
import { askNodes } from './view-chains.ts';
import { viewHealth } from './view-health.ts';

const ETHEREUM = 'eip155:31337';
const nowhere = 'http://127.0.0.1:1';

let folder: string;
let database: TestDatabase;
let first: BitcoinSandboxProcess;
let second: BitcoinSandboxProcess;
let ethereum: SandboxProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cs-nodes-'));
  [database, first, second, ethereum] = await Promise.all([
    createTestDatabase(),
    startBitcoinSandbox({ data: join(folder, 'one') }),
    startBitcoinSandbox({ data: join(folder, 'two') }),
    startEthereum({ data: join(folder, 'ethereum') }),
  ]);
  // A process answers its first question late on a busy machine, and the page gives a node two seconds.
  for (const { url } of [first, second])
    await createEsploraSource(url, { chain: BITCOIN_REGTEST, timeoutMs: 60_000 }).tip();
  await createEthereumClient(ethereum.url, { timeoutMs: 60_000 }).blockNumber();
});
afterAll(async () => {
  await Promise.all([first.stop('SIGKILL'), second.stop('SIGKILL'), ethereum.stop('SIGKILL')]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const doors = (nodes: ChainNodes) =>
  openDoors(testContext(database.connect('web'), { nodes })).filter(
    ({ facts }) => facts.family !== 'solana',
  );
const verdicts = async (nodes: ChainNodes) =>
  (await askNodes(doors(nodes))).map(({ facts: { chain }, status: { verdict } }) => [
    chain,
    verdict,
  ]);

describe('the web server’s own look at the nodes', () => {
  it('finds what answers, with its newest block, and names what does not', async () => {
    expect(await askNodes(doors({ bitcoin: [`esplora:${first.url}`] }))).toMatchObject([
      {
        facts: { chain: BITCOIN_REGTEST, confirmations: 2 },
        status: {
          verdict: 'ok',
          nodes: [{ answers: true, newest: expect.stringMatching(/^\d+$/) as string }],
        },
      },
    ]);
    expect(await verdicts({ ethereum: [ethereum.url] })).toEqual([[ETHEREUM, 'ok']]);
    expect(
      await verdicts({
        bitcoin: [`esplora:${first.url}`, `esplora:${nowhere}`],
        ethereum: [nowhere],
      }),
    ).toEqual([
      [BITCOIN_REGTEST, 'one-away'],
      [ETHEREUM, 'unreachable'],
    ]);
  });

  it('notices two nodes of chains that parted', async () => {
    const nodes = { bitcoin: [`esplora:${first.url}`, `esplora:${second.url}`] };
    await createBitcoinSandboxControl(first.url).mine(1);
    await createBitcoinSandboxControl(second.url).mine(1);
    expect(await verdicts(nodes)).toEqual([[BITCOIN_REGTEST, 'differ']]);
    const context = testContext(database.connect('web'));
    expect(await viewHealth(context, [], {}, doors(nodes))).toMatchObject({
      status: 'degraded',
      chains: { bitcoin: 'nodes differ' },
    });
  });

  it('takes a node of another chain than the one on record for no node of ours', async () => {
    await database.connect('worker').chainIdentity.create({
      data: { chain: ETHEREUM, genesisHash: `0x${'ab'.repeat(32)}` },
    });
    expect(await verdicts({ ethereum: [ethereum.url] })).toEqual([[ETHEREUM, 'other-chain']]);
  });
});
