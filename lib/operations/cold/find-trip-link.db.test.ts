import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { reportParties } from '../execution/report-parties.ts';
import { prepareFreeze } from '../prepare-freeze.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { carryToEnd, orderCeremony } from '../testing/carry-trips.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from '../testing/party-desk.ts';
import { viewOperation } from '../view-operation.ts';

let desk: PartyDesk;
let operation: string;
const view = async (id = operation) =>
  valueOf(await viewOperation(desk.people.lena.actor, id, desk.context));

beforeAll(async () => {
  desk = await openPartyDesk({}, undefined, { hasCold: true });
  operation = randomUUID();
}, 60_000);
afterAll(() => desk.close());

describe('an operation with cold parties', () => {
  it('leads to its documents and says how far they are, from the raise to its end', async () => {
    const form = { operation, vault: 'cold-1', name: 'Cold 1', tier: 'cold' };
    const ceremony = { ...form, chain: 'solana:sandbox' };
    const prepared = await prepareKeyCeremony(desk.people.ada.actor, ceremony, desk.context);
    await stateAll(desk, prepared);
    expect(await view()).toMatchObject({
      coldTrip: { parties: ['cold-a', 'cold-b'], stage: 'before' },
      stops: null,
    });
    valueOf(await decide(desk, 'sofia', operation, 'cosign'));
    expect(await view()).toMatchObject({
      coldTrip: { stage: 'to-order' },
      waitsFor: 'Cold trip: make the request',
      stops: expect.stringContaining('A freeze does not stop work on keys.'),
    });
    valueOf(await orderCeremony(desk, operation));
    await advance(desk, operation);
    const out = await view();
    expect(out.coldTrip?.stage).toBe('carry');
    expect(out.waitsFor).toMatch(/^Cold trip: carry request 1 to cold-a/);
    await carryToEnd(desk, operation);
    expect(await view()).toMatchObject({ state: 'done', coldTrip: { stage: 'done' }, stops: null });
  }, 60_000);

  it('calls nothing a cold party’s own word that the console concludes from its documents', async () => {
    desk.passTime(4_000);
    await reportParties(desk.worker);
    const { parties } = await view();
    const words = new Map(parties.map(({ name, word }) => [name, word?.says ?? []]));
    expect(words.get('control')).toMatchObject([
      { words: 'It keeps key key-cold-1 at epoch 1; it is usable.' },
    ]);
    expect([words.get('cold-a'), words.get('cold-b')]).toEqual([[], []]);
  });

  it('takes a trip only where a cold party has a part', async () => {
    const prepared = await prepareFreeze(
      desk.people.jonas.actor,
      { operation: randomUUID(), scope: { what: 'everything' }, reason: 'A drill.' },
      desk.context,
    );
    const freeze = valueOf(await state(desk, 'jonas', prepared));
    expect((await view(freeze.operation)).coldTrip).toBeNull();
  });
});
