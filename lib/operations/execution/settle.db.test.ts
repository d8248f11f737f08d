import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feePayerAccount, networkFeesAccount } from '#lib/ledger/accounts.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { startScriptedNode } from '#lib/chains/solana/testing/scripted-node.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import { freshKey, signTransfer, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { expireOperations } from '../expire-operations.ts';
import {
  openChainDesk,
  rowOf,
  sendBlindly,
  sendOnPaper,
  untilFinal,
  type ChainDesk,
  type OnItsWay,
} from '../testing/chain-desk.ts';
import { settle } from './settle.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002', 'C-1003', 'C-1004']);
});
afterAll(() => desk.close());

const settleOnce = async ({ operation, intent }: OnItsWay): Promise<boolean> =>
  settle(await rowOf(desk, operation), intent, desk.context);

const balanceOf = async (client: string) => (await clientBalances(desk.books.web, { client }))[0];

describe('a node that calls a transaction final and failed while its nonce value still stands', () => {
  it('frees no balance, and shows as a fault when it goes on', async () => {
    const sent = await sendOnPaper(desk, { client: 'C-1004', amount: SOL });
    const liar = await startScriptedNode(desk.chain.url);
    const refused = { InstructionError: [1, { Custom: 1 }] };
    liar.answers.set('getSignatureStatuses', {
      context: { slot: 90, apiVersion: '2.0.0' },
      value: [{ slot: 9, confirmations: null, err: refused, confirmationStatus: 'finalized' }],
    });
    const context = { ...desk.context, solana: createSolanaClient(liar.url, { timeoutMs: 5_000 }) };
    const settleThere = async () => settle(await rowOf(desk, sent.operation), sent.intent, context);
    expect(await settleThere()).toBe(false);
    expect(await balanceOf('C-1004')).toMatchObject({ held: SOL.toString() });

    desk.passTime(3 * 60_000);
    await expect(settleThere()).rejects.toThrow('do not fit together');
    liar.close();
    const row = await rowOf(desk, sent.operation);
    expect([row.stopCode, row.transactions[0]?.phase]).toEqual([null, 'broadcast']);

    // What it kept back runs all the same, and counts.
    await sendBlindly(desk, sent.transfer.bytes);
    await untilFinal(desk, sent.transfer.id);
    expect(await settleOnce(sent)).toBe(true);
    expect((await rowOf(desk, sent.operation)).state).toBe('confirmed');
    expect(await balanceOf('C-1004')).toMatchObject({ posted: '0', held: '0' });
  });
});

describe('a transfer that the chain ran and refused', () => {
  it('fails: the client has the balance back, and its network fee is booked, once', async () => {
    // More than the vault holds, so the transfer fails, but its fee is paid and its nonce used.
    const sent = await sendOnPaper(desk, { client: 'C-1001', amount: 500n * SOL });
    await sendBlindly(desk, sent.transfer.bytes);
    await untilFinal(desk, sent.transfer.id);
    expect(await settleOnce(sent)).toBe(true);
    const row = await rowOf(desk, sent.operation);
    expect([row.state, row.stopCode, row.transactions[0]?.phase]).toEqual([
      'failed',
      'transaction-failed',
      'failed',
    ]);
    expect(await balanceOf('C-1001')).toMatchObject({
      posted: (500n * SOL).toString(),
      held: '0',
    });
    const { journals } = await journalPage(desk.books.web, { operation: sent.operation });
    expect(journals.map(({ kind, lines }) => ({ kind, lines }))).toEqual([
      {
        kind: 'network-fee',
        lines: [
          { account: networkFeesAccount('SOL'), asset: 'SOL', amount: '10000' },
          { account: feePayerAccount('SOL'), asset: 'SOL', amount: '-10000' },
        ],
      },
    ]);
  });
});

describe('a transfer whose nonce value another transaction used', () => {
  it('is held with its transaction marked as one that can never run', async () => {
    const sent = await sendOnPaper(desk, { client: 'C-1002', amount: SOL });
    const rival = await signTransfer(desk.fixture, {
      to: freshKey().address,
      lamports: SOL / 2n,
      value: sent.transfer.nonce.value,
    });
    await sendBlindly(desk, rival.bytes);
    await untilFinal(desk, rival.id);
    expect(await settleOnce(sent)).toBe(true);
    const row = await rowOf(desk, sent.operation);
    expect([row.state, row.stopCode]).toEqual(['held', 'transaction-superseded']);
    expect(row.transactions).toMatchObject([
      { phase: 'failed', error: `superseded by ${rival.id}` },
    ]);
    expect(await balanceOf('C-1002')).toMatchObject({ held: SOL.toString() });

    desk.passTime(24 * 3_600_000);
    expect(await expireOperations(desk.context)).toBe(1);
    expect((await rowOf(desk, sent.operation)).state).toBe('expired');
    expect(await balanceOf('C-1002')).toMatchObject({ posted: SOL.toString(), held: '0' });
  });
});

describe('an operation of which a signature may exist', () => {
  it('is passed over by expiry, in whatever state it waits for people', async () => {
    const sent = await sendOnPaper(desk, { client: 'C-1003', amount: SOL });
    desk.passTime(24 * 3_600_000);
    expect(await expireOperations(desk.context)).toBe(0);
    for (const data of [{ state: 'held' }, { state: 'raised', attempt: { increment: 1 } }]) {
      await desk.books.owner.operation.update({
        where: { id: sent.operation },
        data: { ...data, revision: { increment: 1 } },
      });
      expect([data.state, await expireOperations(desk.context)]).toEqual([data.state, 0]);
    }
  });
});
