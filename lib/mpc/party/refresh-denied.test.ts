import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartyClient } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { places } from '../testing/fragile.ts';
import { openKeyLife, type KeyLife } from '../testing/key-life.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { keysOf } from './party.ts';

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;

describe('a party that confirmed an epoch and says it never did', () => {
  let life: KeyLife;
  beforeEach(async () => {
    life = await openKeyLife();
  });
  afterEach(() => life.remove());

  /** Confirmations of all for an epoch that recovery then denies. */
  async function denied() {
    await life.upTo('activate', life.refreshBundle());
    const confirmations = (await Promise.all(places.map(life.look))).flatMap(
      ({ prepared }) => prepared?.confirmation ?? [],
    );
    const { party } = life.fragile.at(RECOVERY);
    party.database.run(`delete from keys where state = 'prepared'`);
    party.register = null;
    return { confirmations, ceremony: confirmations[0]?.envelope.ceremony ?? '' };
  }

  /** Another refresh, which only custody and recovery come to confirm. */
  async function confirmedByTwo(): Promise<void> {
    const [control, ...rest] = life.fragile.clients;
    const cut: PartyClient = {
      ...control,
      call: async (method, request) =>
        method.path === keyLifeRpc.refreshConfirm.path
          ? { ok: false, refusal: 'party-timeout', party: control.name, culprit: null }
          : control.call(method, request),
    };
    expect(await life.refresh(life.refreshBundle(), undefined, [cut, ...rest])).toMatchObject({
      refusal: 'party-timeout',
    });
    expect(life.held(CUSTODY).toSorted()).toEqual(['1 usable', '2 prepared', '2 superseded']);
  }

  test('parts the others no longer than until one hears that it is in force at the other', async () => {
    const { ceremony, confirmations } = await denied();
    await confirmedByTwo();
    const { envelope: word } = must(await life.activate(CONTROL, ceremony, confirmations));
    expect(life.held(CONTROL)).toEqual(['1 retiring', '2 usable']);
    expect(await life.sign()).toBe('envelope-wrong-epoch');
    // All confirmations alone only show that somebody lied; it is named.
    expect(await life.activate(CUSTODY, ceremony, confirmations)).toMatchObject({
      refusal: 'refresh-given-up',
      culprit: 'recovery',
    });
    const { used } = await life.look(CUSTODY);
    expect(used?.epoch).toBe(1);
    must(await life.activate(CUSTODY, ceremony, confirmations, [word]));
    expect(await life.sign()).toBe('signed');
    expect(life.held(CUSTODY).toSorted()).toEqual(['1 retiring', '2 superseded', '2 usable']);
  });

  test('brings nothing back once all have confirmed another version', async () => {
    const { ceremony, confirmations } = await denied();
    await confirmedByTwo();
    // Custody has set the first one aside and says so; control, which was cut off, has it still.
    await life.upTo('activate', life.refreshBundle());
    const kept = keysOf(life.fragile.at(CUSTODY).party).find((one) => one.ceremony === ceremony);
    // Who confirmed it once and says so is no liar, whatever it confirmed since.
    expect(kept).toMatchObject({ state: 'superseded', abandonedBy: ['recovery'] });
    expect(life.held(CONTROL)).toEqual(['1 usable', '2 prepared']);
    for (const [place, refusal] of [
      [CONTROL, 'refresh-not-prepared'],
      [CUSTODY, 'refresh-given-up'],
    ] as const)
      expect(await life.activate(place, ceremony, confirmations)).toMatchObject({ refusal });
    const third = await life.look(CUSTODY);
    const last = (await Promise.all(places.map(life.look))).flatMap(
      ({ prepared }) => prepared?.confirmation ?? [],
    );
    for (const place of places)
      must(await life.activate(place, third.prepared?.ceremony ?? '', last));
    expect(await life.sign()).toBe('signed');
  });

  test('is not believed alone when it says that it has it in force', async () => {
    const { ceremony, confirmations } = await denied();
    await confirmedByTwo();
    // The liar's own word, made where it has the epoch in force in truth.
    const { envelope: genuine } = must(await life.activate(CONTROL, ceremony, confirmations));
    const forged: SignedEnvelope[] = [
      { ...genuine, signature: '00'.repeat(64) },
      { ...genuine, envelope: { ...genuine.envelope, from: 'recovery' } },
      ...confirmations,
    ];
    expect(await life.activate(CUSTODY, ceremony, confirmations, forged)).toMatchObject({
      refusal: 'refresh-given-up',
    });
  });

  test('can not bring two parties onto two versions of one epoch', async () => {
    const { ceremony, confirmations } = await denied();
    await confirmedByTwo();
    const second = (await life.look(CUSTODY)).prepared;
    const other = (await life.look(RECOVERY)).prepared;
    if (!second || !other) throw new Error('missing');
    must(await life.activate(CONTROL, ceremony, confirmations));
    // Control never confirmed the second one, and never will.
    const two = [second.confirmation, other.confirmation];
    expect(await life.activate(CUSTODY, second.ceremony, two)).toMatchObject({
      refusal: 'envelope-missing',
      culprit: 'control',
    });
    const bundle = life.refreshBundle();
    expect(
      await life.fragile.clients[CONTROL].call(keyLifeRpc.refreshBegin, { bundle }),
    ).toMatchObject({ refusal: 'key-epoch-differs' });
  });
});
