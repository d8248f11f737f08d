import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair, type RepairRound } from '../client/key-repair.ts';
import { partyStatus, type PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { commitTo, pointHex, pointOf, scalarBytes } from '../frost/polynomial.ts';
import { repairPackage } from '../frost/repair-plan.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openFragileCustody, places, type FragileCustody, type Place } from '../testing/fragile.ts';
import { openLocalVault } from '../testing/in-process.ts';
import { keyRefreshIntent, keyRepairIntent, withdrawalIntent } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { sealPrivate } from '../wire/private-payload.ts';
import { keyWord } from '../wire/repair-payloads.ts';
import { findShare, keysOf } from './party.ts';
import { takeNo } from './take-no.ts';

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
const names = ['control', 'custody', 'recovery'] as const;
const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const rounds: RepairRound[] = ['begin', 'reveal', 'echo', 'deal', 'sum', 'finish'];

describe('the repair of a lost share', () => {
  let fragile: FragileCustody;
  let vault: Vault;
  let epoch = 1;

  beforeAll(async () => {
    fragile = openFragileCustody();
    vault = await openLocalVault(fragile.custody);
  });
  afterAll(() => fragile.custody.remove());

  const organisation = () => fragile.custody.organisation;
  const helpersOf = (place: Place) => names.filter((name) => name !== names[place]);
  const newBundle = (place: Place, helpers: string[] = helpersOf(place)) =>
    organisation().bundle(keyRepairIntent(names[place], helpers, epoch));
  const repair = (
    bundle: OperationBundle,
    clients: readonly PartyClient[] = fragile.clients,
    onRound: (round: RepairRound) => void = () => undefined,
  ) => runKeyRepair(clients, bundle, { onRound });

  const usedBy = (place: Place) => {
    const record = keysOf(fragile.at(place).party).find(({ state }) => state === 'usable');
    if (!record) throw new Error('missing');
    return record;
  };

  /** The bytes of the share are gone from the disk; the record stays. */
  function loseShare(place: Place): Uint8Array {
    const { party } = fragile.at(place);
    const share = findShare(party, usedBy(place))?.slice();
    party.database.run('update keys set sealed = zeroblob(length(sealed))');
    fragile.restart(place);
    if (!share) throw new Error('missing');
    return share;
  }

  /** The whole record is gone. */
  function loseRecord(place: Place): Uint8Array {
    const { party } = fragile.at(place);
    const share = findShare(party, usedBy(place))?.slice();
    party.database.run('delete from keys');
    party.register = null;
    party.shares.clear();
    if (!share) throw new Error('missing');
    return share;
  }

  async function sign(quorum: readonly Place[] = [CONTROL, CUSTODY]): Promise<string> {
    const intent = withdrawalIntent(vault.destination);
    const signed = await signTransaction({
      clients: quorum.map((place): PartyClient => fragile.clients[place]),
      bundle: organisation().bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
    });
    return signed.ok ? 'signed' : signed.refusal;
  }

  const stateAt = async (place: Place) =>
    must(await partyStatus(fragile.clients[place])).keys[0]?.state;

  async function isWhole(): Promise<void> {
    for (const place of places) expect(await stateAt(place)).toBe('usable');
    expect(await sign()).toBe('signed');
  }

  test.each([CONTROL, CUSTODY, RECOVERY])(
    'gives party %i exactly the share back that it had, also after a restart',
    async (place) => {
      const share = loseShare(place);
      expect(await stateAt(place)).toBe('lost');
      expect(must(await repair(newBundle(place)))).toEqual({
        key: 'key-warm-1',
        epoch,
        party: names[place],
        publicKey: vault.publicKey,
      });
      expect(findShare(fragile.at(place).party, usedBy(place))).toEqual(share);
      fragile.restart(place);
      expect(findShare(fragile.at(place).party, usedBy(place))).toEqual(share);
      await isWhole();
    },
  );

  test('gives the record back where that is gone too, as the helpers agree on it', async () => {
    const before = usedBy(CUSTODY);
    const share = loseRecord(CUSTODY);
    must(await repair(newBundle(CUSTODY)));
    const after = usedBy(CUSTODY);
    expect(after).toEqual({
      ...before,
      echo: after.echo,
      confirmation: after.confirmation,
    });
    expect(findShare(fragile.at(CUSTODY).party, after)).toEqual(share);
    await isWhole();
  });

  test('of a share that is there answers the key and moves nothing', async () => {
    const bundle = newBundle(RECOVERY);
    expect(must(await repair(bundle)).publicKey).toBe(vault.publicKey);
    expect(fragile.at(CONTROL).party.repairs.size).toBe(0);
  });

  test('works in later epochs, and a refresh follows it as it should', async () => {
    const refresh = () =>
      runKeyRefresh(fragile.clients, organisation().bundle(keyRefreshIntent(epoch)));
    loseShare(CUSTODY);
    expect(await refresh()).toMatchObject({ refusal: 'share-lost', party: 'custody' });
    must(await repair(newBundle(CUSTODY)));
    must(await refresh());
    epoch += 1;
    loseShare(RECOVERY);
    must(await repair(newBundle(RECOVERY)));
    must(await refresh());
    epoch += 1;
    await isWhole();
  });

  test('a helper whose own share is lost helps nobody', async () => {
    loseShare(CONTROL);
    loseShare(CUSTODY);
    expect(await repair(newBundle(CUSTODY))).toMatchObject({
      refusal: 'share-lost',
      party: 'control',
    });
    // With one share left there is nothing to rebuild from, whoever asks.
    expect(await repair(newBundle(CONTROL, ['recovery']))).toMatchObject({
      refusal: 'intent-malformed',
    });
    fragile.custody.remove();
    fragile = openFragileCustody();
    vault = await openLocalVault(fragile.custody);
    epoch = 1;
  });

  test('helpers of one group alone are not believed', async () => {
    loseShare(CONTROL);
    const { party } = fragile.at(CONTROL);
    const { trust } = party;
    if (!trust) throw new Error('missing');
    const parties = trust.roster.parties.map((entry) =>
      entry.name === 'recovery' ? { ...entry, group: 'custody' as const } : entry,
    );
    party.trust = { ...trust, roster: { ...trust.roster, parties } };
    const bundle = newBundle(CONTROL);
    expect(await repair(bundle)).toMatchObject({ refusal: 'repair-one-group', party: 'control' });
    party.trust = trust;
    must(await repair(bundle));
    await isWhole();
  });

  const cases = rounds.flatMap((round, at) =>
    places.filter((place) => isLong || place === at % 3).map((place) => [round, place] as const),
  );
  test.each(cases)(
    'killed before %s at party %i nothing is lost, and asked again it is through',
    async (round, place) => {
      loseShare(CUSTODY);
      const bundle = newBundle(CUSTODY);
      const answer = await repair(bundle, fragile.clients, (reached) => {
        if (reached === round) fragile.kill(place);
      });
      fragile.start(place);
      // Once the helpers have sent their sums, they are needed no more.
      if (round === 'finish' && place !== CUSTODY) must(answer);
      else expect(answer).toMatchObject({ refusal: 'party-unreachable' });
      must(await repair(bundle));
      await isWhole();
    },
  );

  test.each(['reveal', 'echo', 'deal', 'sum', 'finish'] as const)(
    'a rejection before %s ends it',
    async (round) => {
      loseShare(CUSTODY);
      const bundle = newBundle(CUSTODY);
      const no = organisation().say('adam', 'reject', bundle.intent);
      const answer = await repair(bundle, fragile.clients, (reached) => {
        if (reached === round) for (const place of places) takeNo(fragile.at(place).party, no);
      });
      expect(answer).toMatchObject({ refusal: 'attempt-ended' });
      expect(await stateAt(CUSTODY)).toBe('lost');
      must(await repair(newBundle(CUSTODY)));
    },
  );

  describe('with one of the helpers in hostile hands', () => {
    const HOSTILE = 'recovery';
    const identity = () => fragile.at(RECOVERY).party.identity;
    const paths = {
      opening: keyLifeRpc.repairReveal.path,
      package: keyLifeRpc.repairEcho.path,
      echo: keyLifeRpc.repairDeal.path,
      part: keyLifeRpc.repairSum.path,
      sum: keyLifeRpc.repairFinish.path,
    } as const;
    type What = keyof typeof paths;
    const changing =
      (
        what: What,
        change: (sent: SignedEnvelope, receiver: string) => readonly unknown[],
      ): Tamper =>
      ({ path, receiver, sent }) =>
        path === paths[what] ? change(sent, receiver) : [sent];
    const attack = (tamper: Tamper, bundle = newBundle(CUSTODY)) =>
      repair(bundle, tampered(fragile.clients, HOSTILE, tamper));
    const point = pointHex(commitTo(7n));

    async function endsWell(): Promise<void> {
      expect(await stateAt(CUSTODY)).toBe('lost');
      must(await repair(newBundle(CUSTODY)));
      await isWhole();
    }

    const every: What[] = ['opening', 'package', 'echo', 'part', 'sum'];

    test.each(every)('its silence where its %s is due is named', async (what) => {
      loseShare(CUSTODY);
      expect(await attack(changing(what, () => []))).toMatchObject({
        refusal: 'envelope-missing',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test.each(every)('nonsense for its %s is named', async (what) => {
      loseShare(CUSTODY);
      const nonsense = changing(what, (sent) => [
        resealed(identity(), sent, { payload: { more: 1 } }),
      ]);
      expect(await attack(nonsense)).toMatchObject({
        refusal: 'envelope-malformed',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test.each(every)('its %s of another key, epoch, round or run is refused', async (what) => {
      loseShare(CUSTODY);
      for (const [header, refusal] of [
        [{ key: 'key-other' }, 'envelope-foreign-key'],
        [{ epoch: 9 }, 'envelope-wrong-epoch'],
        [{ round: 9, seq: 9 }, 'envelope-wrong-round'],
        [{ ceremony: 'ab'.repeat(32) }, 'envelope-foreign-ceremony'],
        [{ to: 'elsewhere' }, 'envelope-misaddressed'],
      ] as const)
        expect(
          await attack(changing(what, (sent) => [resealed(identity(), sent, { header })])),
        ).toMatchObject({ refusal });
      await endsWell();
    });

    const secret = (what: What, bytes: Uint8Array): Tamper =>
      changing(what, (sent, receiver) => {
        const { payload: _, ...header } = sent.envelope;
        const to = fragile.custody.parties.find(({ client }) => client.name === receiver);
        if (!to) throw new Error('missing');
        const payload = sealPrivate(to.party.identity.exchangeKey, header, bytes);
        return [resealed(identity(), sent, { payload })];
      });

    test.each([
      [
        'deltas of nothing it holds',
        changing('package', (sent) => [
          resealed(fragile.at(RECOVERY).party.identity, sent, {
            payload: { deltas: [point, point] },
          }),
        ]),
        'repair-commitment-unsound',
      ],
      [
        'one delta too many',
        changing('package', (sent) => [
          resealed(fragile.at(RECOVERY).party.identity, sent, {
            payload: { deltas: [point, point, point] },
          }),
        ]),
        'repair-commitment-unsound',
      ],
      ['another part', secret('part', scalarBytes(7n)), 'repair-delta-invalid'],
      [
        'a part that is no number',
        secret('part', new Uint8Array(32).fill(255)),
        'repair-delta-invalid',
      ],
      ['a part of another length', secret('part', new Uint8Array(31)), 'envelope-unreadable'],
      ['another sum', secret('sum', scalarBytes(7n)), 'repair-sigma-invalid'],
      [
        'a sum that is no number',
        secret('sum', new Uint8Array(32).fill(255)),
        'repair-sigma-invalid',
      ],
      ['a sum of another length', secret('sum', new Uint8Array(33)), 'envelope-unreadable'],
    ] as const)('%s names it, and nothing is stored', async (_, tamper, refusal) => {
      loseShare(CUSTODY);
      expect(await attack(tamper)).toMatchObject({ refusal, culprit: HOSTILE });
      await endsWell();
    });

    test('another story for each is caught before a part leaves', async () => {
      loseShare(CUSTODY);
      const handed: string[] = [];
      const watched = fragile.clients.map((client): PartyClient => ({
        ...client,
        call: async (method, request) => {
          const answer = await client.call(method, request);
          if (method.path === paths.echo && answer.ok && client.name !== HOSTILE)
            handed.push(client.name);
          return answer;
        },
      }));
      // For control a package that adds up to the same and is split in another way.
      const seven = commitTo(7n);
      const two = changing('package', (sent, receiver) => {
        const { deltas } = repairPackage.parse(sent.envelope.payload);
        const [first, second] = deltas.map(pointOf) as [typeof seven, typeof seven];
        const split = [first.add(seven), second.subtract(seven)].map(pointHex);
        return receiver === 'control'
          ? [resealed(identity(), sent, { payload: { deltas: split } })]
          : [sent];
      });
      const answer = await repair(newBundle(CUSTODY), tampered(watched, HOSTILE, two));
      expect(answer).toMatchObject({ refusal: 'repair-equivocation' });
      expect(handed).toEqual([]);
      await endsWell();
    });

    /** What the hostile helper says of the key, changed. */
    const word = (changes: object, isFor = (_receiver: string) => true): Tamper =>
      changing('opening', (sent, receiver) => {
        const said = keyWord.parse(sent.envelope.payload['word']);
        return isFor(receiver)
          ? [resealed(identity(), sent, { payload: { word: { ...said, ...changes } } })]
          : [sent];
      });

    test('a lie about the key is named by the other helper', async () => {
      loseShare(CUSTODY);
      expect(await attack(word({ vault: 'warm-9' }))).toMatchObject({
        refusal: 'repair-key-differs',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test('a lie to the party that lost its record stops it, also where the relay hides the other helper', async () => {
      loseRecord(CUSTODY);
      const lie = word({ vault: 'warm-9' }, (receiver) => receiver === 'custody');
      expect(await attack(lie)).toMatchObject({ refusal: 'repair-key-differs', party: 'custody' });
      expect(keysOf(fragile.at(CUSTODY).party)).toEqual([]);
      must(await repair(newBundle(CUSTODY)));
      await isWhole();
    });

    test('both helpers in one story about another key do not get past a record that is left', async () => {
      loseShare(CUSTODY);
      const other = { operation: '00000000-0000-4000-8000-000000000000' };
      const change: Tamper = ({ path, receiver, sent }) => {
        if (path !== paths.opening || receiver !== 'custody') return [sent];
        const said = keyWord.parse(sent.envelope.payload['word']);
        const { from } = sent.envelope;
        const liar = fragile.custody.parties.find(({ client }) => client.name === from);
        if (!liar) throw new Error('missing');
        return [resealed(liar.party.identity, sent, { payload: { word: { ...said, ...other } } })];
      };
      const two = tampered(tampered(fragile.clients, 'recovery', change), 'control', change);
      expect(await repair(newBundle(CUSTODY), two)).toMatchObject({
        refusal: 'repair-key-differs',
        party: 'custody',
      });
      await endsWell();
    });
  });
});
