import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { loadStanding, type OperationRow } from '../load-standing.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { openAfterGenesis, press, type AfterGenesis } from '../testing/after-genesis.ts';
import { holdRefused } from './hold-refused.ts';

let desk: AfterGenesis;
let row: OperationRow;

beforeEach(async () => {
  desk = await openAfterGenesis();
  const { context, founders } = desk;
  const ceremony = {
    operation: randomUUID(),
    vault: 'warm-2',
    name: 'Warm 2',
    tier: 'warm',
    chain: 'solana:sandbox',
  };
  const { request } = valueOf(await prepareKeyCeremony(founders[0].actor, ceremony, context));
  valueOf(await press(founders[0], request, context));
  const loaded = await loadStanding(context.db, ceremony.operation, context.clock());
  if (!loaded) throw new Error('There is no such operation.');
  row = loaded.row;
});
afterEach(() => desk.database.drop());

const answer = (refusal: string): Promise<boolean> =>
  holdRefused(
    row,
    { refusal, party: 'custody' },
    { db: desk.database.connect('worker'), clock: desk.context.clock },
  );
const state = async () => (await desk.owner.operation.findFirstOrThrow()).state;

describe('an operation that a party did not take part in', () => {
  it('is held under the name of a refusal', async () => {
    expect(await answer('amount-over-cap')).toBe(true);
    const { stopCode, stopParty } = await desk.owner.operation.findFirstOrThrow();
    expect([await state(), stopCode, stopParty]).toEqual(['held', 'amount-over-cap', 'custody']);
  });

  it.each(['party-unreachable', 'party-timeout'])('waits out an absence: %s', async (refusal) => {
    expect(await answer(refusal)).toBe(false);
    expect(await state()).toBe('raised');
  });

  it.each(['session-unknown', 'too-many-sessions', 'trust-heads-differ', 'internal-fault'])(
    'is not held for what a repeat may mend, and counts as failing until it does: %s',
    async (refusal) => {
      await expect(answer(refusal)).rejects.toThrow(refusal);
      expect(await state()).toBe('raised');
    },
  );
});
