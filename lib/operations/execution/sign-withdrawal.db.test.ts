import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshKey, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { buildOnPaper, openChainDesk, rowOf, type ChainDesk } from '../testing/chain-desk.ts';
import { signWithdrawal } from './sign-withdrawal.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002']);
});
afterAll(() => desk.close());

describe('a withdrawal whose transaction names another fee account than the worker has', () => {
  it.each([
    ['C-1001', 'built', 'Or cancel this one and raise a new one.'],
    ['C-1002', 'releasing', 'A signature may exist, so nothing else helps.'],
  ])('is held with what helps: %s, %s', async (client, phase, advice) => {
    const { operation, intent, transaction } = await buildOnPaper(desk, { client, amount: SOL });
    const { web, worker } = desk.books;
    if (phase !== 'built')
      await worker.chainTransaction.update({ where: { id: transaction }, data: { phase } });
    for (const [db, state] of [
      [web, 'cosigned'],
      [worker, 'signing'],
    ] as const)
      await db.operation.update({
        where: { id: operation },
        data: { state, revision: { increment: 1 } },
      });
    const context = { ...desk.context, feePayer: freshKey() };
    expect(await signWithdrawal(await rowOf(desk, operation), intent, context)).toBe(true);
    const row = await rowOf(desk, operation);
    expect([row.state, row.stopCode, row.transactions[0]?.phase]).toEqual([
      'held',
      'fee-account-changed',
      phase,
    ]);
    expect(row.stopSentence).toContain(desk.fixture.feePayer.address);
    expect(row.stopSentence).toContain(advice);
  });
});
