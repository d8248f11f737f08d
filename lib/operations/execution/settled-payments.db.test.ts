import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { journalPage } from '#lib/ledger/queries.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { createBitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import {
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  openOwnerDesk,
  rowAt,
  send,
  settledTo,
  signNewest,
  type OwnerDesk,
} from '../testing/owner-desk.ts';
import { signTheft } from '../testing/owner-theft.ts';
import { findAssetHold } from '../asset-hold.ts';
import { SettledPayments } from './settled-payments.ts';

const COIN = 100_000_000n;
const client = 'C-1001';
const folder = mkdtempSync(join(tmpdir(), 'cs-settled-'));
let chain: BitcoinSandboxProcess;
let desk: OwnerDesk;
const control = () => createBitcoinSandboxControl(chain.url);
const node = () => createEsploraSource(chain.url, { chain: BITCOIN_REGTEST });

beforeAll(async () => {
  chain = await startBitcoinSandbox({ data: folder });
});
afterAll(async () => {
  await chain.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
// Books of their own for each: what is found out stops the whole chain.
beforeEach(async () => {
  desk = await openOwnerDesk({
    chain: BITCOIN_REGTEST,
    suite: 'FROST-secp256k1-SHA256-TR-v1',
    clients: [client],
    node: { bitcoin: node() },
  });
});
afterEach(() => desk.close());

const outside = (): string =>
  addressOfOwner(
    {
      ...desk.key,
      publicKey: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    },
    null,
  );

async function fund(): Promise<void> {
  await control().deposit(addressOfOwner(desk.key, client), COIN);
  await bookDeposit(desk, { client, asset: 'BTC', amount: COIN });
  await control().mine(2);
}

async function settled(): Promise<{ intent: WithdrawalIntent; txid: string }> {
  const intent = await cosigned(desk, { client, asset: 'BTC', amount: COIN / 2n, to: outside() });
  await begin(desk, intent);
  const txid = await signNewest(desk, intent);
  await send(desk, intent);
  await control().mine(2);
  expect(await settledTo(desk, intent)).toBe('confirmed');
  return { intent, txid };
}

const incidents = async () =>
  (await desk.books.web.incidentRecord.findMany({ where: { what: 'settlement-undone' } })).map(
    ({ what, title }) => ({ what, title }),
  );

/** As the web server might, so that the real one would count as known. */
const openBeforehand = (number: string) =>
  desk.books.web.incidentRecord.create({
    data: {
      id: randomUUID(),
      what: 'settlement-undone',
      title: `Bitcoin, sandbox took back the settled payment of ${number}`,
      openedAt: desk.context.clock(),
      openedBy: 'system',
    },
    select: { number: true },
  });

const journalsOf = async ({ operation }: WithdrawalIntent) =>
  (await journalPage(desk.books.web, { operation })).journals.map(({ kind }) => kind);

describe('a settled payment', () => {
  it('that stays in its block, or that a node has not come to yet, opens nothing', async () => {
    await fund();
    await settled();
    await new SettledPayments().look(desk.context);
    await control().lag(2);
    await new SettledPayments().look(desk.context);
    await control().lag(0);
    expect(await incidents()).toEqual([]);
  });

  it('that a deep reorganisation takes back opens one incident, stops the chain, stays booked, and is sent again', async () => {
    await fund();
    const { intent, txid } = await settled();
    const watch = new SettledPayments();
    const { number: before } = await rowAt(desk, intent.operation);
    await expect(openBeforehand(before)).rejects.toThrow('only the worker says');
    await control().reorganize(2);
    await watch.look(desk.context);
    const { number } = await rowAt(desk, intent.operation);
    const incident = {
      what: 'settlement-undone',
      title: `Bitcoin, sandbox took back the settled payment of ${number}`,
    };
    expect(await incidents()).toEqual([incident]);
    expect((await rowAt(desk, intent.operation)).state).toBe('confirmed');
    expect(await findAssetHold(intent, desk.books.worker)).toMatchObject({
      refusal: { code: 'asset-held' },
    });
    expect(await journalsOf(intent)).toEqual(['withdrawal']);
    await control().mine(1);
    await watch.look(desk.context);
    await new SettledPayments().look(desk.context);
    expect(await incidents()).toEqual([incident]);
    expect((await node().transaction(txid))?.block).not.toBeNull();
  });

  it('in whose place another one is final says so, and is not sent again', async () => {
    await fund();
    const rival = await signTheft(desk, { client, to: outside(), amount: COIN / 4n });
    const { intent, txid } = await settled();
    const row = await rowAt(desk, intent.operation);
    await control().reorganize(2, false, [rival.raw]);
    await new SettledPayments().look(desk.context);
    expect(await incidents()).toEqual([
      {
        what: 'settlement-undone',
        title: `Bitcoin, sandbox took back the settled payment of ${row.number}; another transaction has taken its place`,
      },
    ]);
    expect(await node().transaction(txid)).toBeNull();
    expect((await node().transaction(rival.txid))?.block).not.toBeNull();
    expect(await journalsOf(intent)).toEqual(['withdrawal']);
  });
});
