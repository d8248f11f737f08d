import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admit,
  enrol,
  officer,
  signIn,
  testContext,
  valueOf,
} from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { nextPolicy } from '#lib/protocol/testing/every-kind.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { DESTINATION_ADDRESS, roster } from '#lib/protocol/testing/sample.ts';
import { intentFor, raiseIntent } from '../testing/chain-desk.ts';
import { viewTierCard } from './view-tier-card.ts';
import { viewTiers } from './view-tiers.ts';

const SOL = 1_000_000_000n;
const dayMs = 86_400_000;
let books: Books;
let web: Context;
let actor: Actor;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  web = testContext(books.web);
  const person = await enrol(web, { ...officer });
  await admit(books.owner, person);
  actor = (await signIn(web, person)).actor;
  await books.owner.mpcKey.create({
    data: {
      id: 'key-cold-1',
      suite: 'FROST-ED25519-SHA512-v1',
      publicKey: 'bb'.repeat(32),
      threshold: 2,
      parties: ['control', 'cold-a', 'cold-b'],
      operationId: randomUUID(),
    },
  });
  await books.owner.vault.create({
    data: {
      id: 'cold-1',
      name: 'Cold 1',
      tier: 'cold',
      chain: 'solana:sandbox',
      keyId: 'key-cold-1',
      address: 'cold-address',
    },
  });
});
afterAll(() => closeBooks(books));

let arrived = 0;
async function put(vault: string, amount: bigint): Promise<bigint> {
  arrived += 1;
  const { journal } = valueOf(
    await creditDeposit(books.worker, {
      chain: 'solana:sandbox',
      txid: `arrival-${arrived}`,
      vault,
      client: 'C-1001',
      asset: 'SOL',
      amount,
    }),
  );
  return journal;
}

/** The books were closed at ten past midnight so many days ago. */
const closedDaysAgo = (days: number, lastJournal: bigint) => {
  const midnight = Math.floor(web.clock().getTime() / dayMs) * dayMs;
  const closedAt = new Date(midnight - days * dayMs + 600_000);
  return books.owner.ledgerClose.create({ data: { closedAt, lastJournal } });
};
const dayBefore = (days: number): string =>
  new Date(Math.floor(web.clock().getTime() / dayMs) * dayMs - (days + 1) * dayMs)
    .toISOString()
    .slice(0, 10);

const only = async () => {
  const { assets, all } = valueOf(await viewTiers(actor, web));
  const [first] = assets;
  if (!first) throw new Error('There is no asset.');
  return { all, ...first };
};

describe('tiers', () => {
  it('are empty where nothing lies in a vault, and propose nothing', async () => {
    expect(valueOf(await viewTiers(actor, web)).all).toEqual({ what: 'nothing' });
    expect(valueOf(await viewTierCard(actor, web)).assets).toEqual([]);
  });

  it('have the shares of each day on which the books were closed, as they stood then', async () => {
    await closedDaysAgo(40, 0n);
    const first = await put('warm-1', 10n * SOL);
    await closedDaysAgo(20, first);
    const second = await put('cold-1', 190n * SOL);
    await closedDaysAgo(3, second);
    const { history, tiers, total } = await only();
    expect(history).toEqual([
      { day: dayBefore(20), shares: { cold: 0, warm: 10_000, hot: 0 } },
      { day: dayBefore(3), shares: { cold: 9_500, warm: 500, hot: 0 } },
    ]);
    expect(total).toBe('200.000000000');
    expect(tiers).toEqual([
      { tier: 'cold', amount: '190.000000000', share: 9_500 },
      { tier: 'warm', amount: '10.000000000', share: 500 },
      { tier: 'hot', amount: '0.000000000', share: 0 },
    ]);
  });

  it('at 95 % are not over it: the sweep that brings them to the aim is proposed with its exact amount', async () => {
    const { state, proposal, all } = await only();
    expect([state, all]).toEqual(['below', { what: 'one-asset', asset: 'SOL' }]);
    expect(proposal).toEqual({
      way: 'sweep',
      share: 9_500,
      moves: [
        {
          from: { id: 'warm-1', name: 'Warm 1' },
          to: { id: 'cold-1', name: 'Cold 1' },
          amount: '3.000000000',
          isUnnamed: true,
        },
      ],
      missing: null,
    });
    expect(valueOf(await viewTierCard(actor, web)).assets).toMatchObject([
      { asset: 'SOL', state: 'below' },
    ]);
  });

  it('count what is under way as done, so that nothing is proposed twice', async () => {
    const intent = intentFor({
      operation: randomUUID(),
      client: 'C-1001',
      amount: 5n * SOL,
      to: 'somewhere',
    });
    await raiseIntent({ books }, intent);
    const { state, proposal, underWay } = await only();
    expect([state, proposal]).toEqual(['below', null]);
    expect(underWay).toMatchObject([{ id: intent.operation, amount: '5.000000000' }]);
  });

  it('with too much in cold propose a refill, again with what is under way done', async () => {
    await put('cold-1', 205n * SOL);
    const { state, proposal } = await only();
    expect(state).toBe('inside');
    // 5 in warm and 395 in cold will be there: 386 are 96.5 % of the 400.
    expect(proposal).toMatchObject({
      way: 'refill',
      moves: [{ from: { id: 'cold-1' }, to: { id: 'warm-1' }, amount: '9.000000000' }],
    });
  });

  it('say of a transfer whether the parties that would sign can know where it goes', async () => {
    const isUnnamed = async () => (await only()).proposal?.moves.map((move) => move.isUnnamed);
    expect(await isUnnamed()).toEqual([true]);
    const warm = await books.owner.vault.findUniqueOrThrow({ where: { id: 'warm-1' } });
    const place = { vault: warm.id, chain: warm.chain, address: warm.address };
    const row = (document: Roster | Policy) => ({
      version: document.version,
      digest: digestOf(document),
      document: canonicalize(document),
    });
    await books.owner.rosterVersion.create({ data: row(roster) });
    // With the name alone the parties would find another address, or another chain, and refuse.
    const places = [
      { ...place, address: DESTINATION_ADDRESS },
      { ...place, chain: 'solana:mainnet' },
      place,
    ];
    const found = [];
    for (const [at, ownVault] of places.entries()) {
      const named = { ...nextPolicy({ ownVaults: [ownVault] }), version: at + 1 };
      await books.owner.policyVersion.create({ data: row(named) });
      found.push(await isUnnamed());
    }
    expect(found).toEqual([[true], [true], [false]]);
  });

  it('are for those who may see vaults', async () => {
    const blind = { ...actor, scopes: new Set<never>() };
    for (const view of [viewTiers, viewTierCard])
      expect(await view(blind, web)).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});
