import { afterAll, beforeAll, expect, it } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { holdAsset } from './asset-hold.ts';
import { viewChains } from './view-chains.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('what stands on record is shown at once, also while the nodes’ answer is still the one of before', async () => {
  const context = testContext(database.connect('web'));
  const officer = await enrol(context);
  await admit(database.connect('owner'), officer);
  const { actor } = await signIn(context, officer);
  const status = { verdict: 'ok', nodes: [{ answers: true, newest: '42' }] } as const;
  const kept = {
    answers: [
      { facts: chainFacts(BITCOIN_REGTEST), status: { ...status, nodes: [...status.nodes] } },
    ],
    at: context.clock().toISOString(),
  };
  const shown = async () =>
    valueOf(await viewChains(actor, context, () => Promise.resolve(kept))).chains[0];
  expect(await shown()).toMatchObject({ ...status, held: [], decisions: [] });
  const hold = {
    chain: BITCOIN_REGTEST,
    asset: null,
    reason: 'chain-reorganised',
    detail: 'credited-deposit-gone',
  } as const;
  await inTransaction(database.connect('worker'), (tx) => holdAsset(tx, hold, context.clock()));
  expect(await shown()).toMatchObject({
    ...status,
    held: [expect.stringContaining('a deposit that was credited is gone')],
    decisions: [{ kind: 'go-on', asked: null }],
  });
});
