import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RepairRound } from '../client/key-repair.ts';
import { must } from '../testing/custody.ts';
import { places, type Place } from '../testing/fragile.ts';
import { openKeyLife, type KeyLife } from '../testing/key-life.ts';
import { findShare } from './party.ts';
import { takeNo } from './take-no.ts';

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
const names = ['control', 'custody', 'recovery'] as const;
const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const rounds: RepairRound[] = ['begin', 'reveal', 'echo', 'deal', 'sum', 'finish'];

describe('the repair of a lost share', () => {
  let life: KeyLife;
  let epoch = 1;
  beforeAll(async () => {
    life = await openKeyLife();
  });
  afterAll(() => life.remove());

  const newBundle = (place: Place, helpers?: string[]) => life.repairBundle(place, epoch, helpers);

  async function isWhole(): Promise<void> {
    for (const place of places) expect(await life.stateAt(place)).toBe('usable');
    expect(await life.sign()).toBe('signed');
  }

  test.each([CONTROL, CUSTODY, RECOVERY])(
    'gives party %i exactly the share back that it had, also after a restart',
    async (place) => {
      const share = life.loseShare(place);
      expect(await life.stateAt(place)).toBe('lost');
      expect(must(await life.repair(newBundle(place)))).toEqual({
        key: 'key-warm-1',
        epoch,
        party: names[place],
        publicKey: life.vault.publicKey,
      });
      expect(findShare(life.fragile.at(place).party, life.usedBy(place))).toEqual(share);
      life.fragile.restart(place);
      expect(findShare(life.fragile.at(place).party, life.usedBy(place))).toEqual(share);
      await isWhole();
    },
  );

  test('gives the record back where that is gone too, as the helpers agree on it', async () => {
    const before = life.usedBy(CUSTODY);
    const share = life.loseRecord(CUSTODY);
    must(await life.repair(newBundle(CUSTODY)));
    const after = life.usedBy(CUSTODY);
    expect(after).toEqual({
      ...before,
      echo: after.echo,
      confirmation: after.confirmation,
    });
    expect(findShare(life.fragile.at(CUSTODY).party, after)).toEqual(share);
    await isWhole();
  });

  test('of a share that is there answers the key and moves nothing', async () => {
    const bundle = newBundle(RECOVERY);
    expect(must(await life.repair(bundle)).publicKey).toBe(life.vault.publicKey);
    expect(life.fragile.at(CONTROL).party.repairs.size).toBe(0);
  });

  test('works in later epochs, and a refresh follows it as it should', async () => {
    const refresh = () => life.refresh(life.refreshBundle(epoch));
    life.loseShare(CUSTODY);
    expect(await refresh()).toMatchObject({ refusal: 'share-lost', party: 'custody' });
    must(await life.repair(newBundle(CUSTODY)));
    must(await refresh());
    epoch += 1;
    life.loseShare(RECOVERY);
    must(await life.repair(newBundle(RECOVERY)));
    must(await refresh());
    epoch += 1;
    await isWhole();
  });

  test('a helper whose own share is lost helps nobody', async () => {
    life.loseShare(CONTROL);
    life.loseShare(CUSTODY);
    expect(await life.repair(newBundle(CUSTODY))).toMatchObject({
      refusal: 'share-lost',
      party: 'control',
    });
    // With one share left there is nothing to rebuild from, whoever asks.
    expect(await life.repair(newBundle(CONTROL, ['recovery']))).toMatchObject({
      refusal: 'intent-malformed',
    });
    life.remove();
    life = await openKeyLife();
    epoch = 1;
  });

  test('helpers of one group alone are not believed', async () => {
    life.loseShare(CONTROL);
    const { party } = life.fragile.at(CONTROL);
    const { trust } = party;
    if (!trust) throw new Error('missing');
    const parties = trust.roster.parties.map((entry) =>
      entry.name === 'recovery' ? { ...entry, group: 'custody' as const } : entry,
    );
    party.trust = { ...trust, roster: { ...trust.roster, parties } };
    const bundle = newBundle(CONTROL);
    expect(await life.repair(bundle)).toMatchObject({
      refusal: 'repair-one-group',
      party: 'control',
    });
    party.trust = trust;
    must(await life.repair(bundle));
    await isWhole();
  });

  const cases = rounds.flatMap((round, at) =>
    places.filter((place) => isLong || place === at % 3).map((place) => [round, place] as const),
  );
  test.each(cases)(
    'killed before %s at party %i nothing is lost, and asked again it is through',
    async (round, place) => {
      life.loseShare(CUSTODY);
      const bundle = newBundle(CUSTODY);
      const answer = await life.repair(bundle, life.fragile.clients, (reached) => {
        if (reached === round) life.fragile.kill(place);
      });
      life.fragile.start(place);
      // Once the helpers have sent their sums, they are needed no more.
      if (round === 'finish' && place !== CUSTODY) must(answer);
      else expect(answer).toMatchObject({ refusal: 'party-unreachable' });
      must(await life.repair(bundle));
      await isWhole();
    },
  );

  test.each(['reveal', 'echo', 'deal', 'sum', 'finish'] as const)(
    'a rejection before %s ends it',
    async (round) => {
      life.loseShare(CUSTODY);
      const bundle = newBundle(CUSTODY);
      const no = life.organisation.say('adam', 'reject', bundle.intent);
      const answer = await life.repair(bundle, life.fragile.clients, (reached) => {
        if (reached === round) for (const place of places) takeNo(life.fragile.at(place).party, no);
      });
      expect(answer).toMatchObject({ refusal: 'attempt-ended' });
      expect(await life.stateAt(CUSTODY)).toBe('lost');
      must(await life.repair(newBundle(CUSTODY)));
    },
  );
});
