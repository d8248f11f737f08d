/**
 * Two next versions of the policy or roster that exclude each other, each stated in full by people, reach
 * two parties in the same moment. Whatever a third party in hostile hands says, the two hold the same once
 * they can talk, and what they have held together for a while is taken from them by nobody.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { digestOf, intentDigest } from '#lib/protocol/intent.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { adopt } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { commonIntent } from '../testing/organisation.ts';
import { talk } from '../testing/peer-talk.ts';
import {
  byRank,
  inSixDays,
  rivalPolicies,
  tighterPolicy,
  wordOf as signedWord,
} from '../testing/rivals.ts';
import { forged } from '../testing/attacks/on-statements.ts';
import { alone, freezeIntent, looserPolicyIntent } from '../testing/stops.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { endedBySomeone } from './attempt.ts';
import { ROUND } from './give-way.ts';
import { checkMarks, lowerTrustMark } from './marks.ts';
import { reloadTrust, type Party } from './party.ts';
import { differingPeers, newPeerState } from './peers.ts';
import { StoreError } from './store/database.ts';
import { standingFreezes } from './store/stops.ts';
import { standingOf } from './standing.ts';
import { takeNo } from './take-no.ts';

/** The first two are honest; what the third does is said in each test. */
const [CONTROL, CUSTODY, THIRD] = [0, 1, 2] as const;
type Place = 0 | 1 | 2;
const honest: readonly Place[] = [CONTROL, CUSTODY];
const DAY = 86_400_000;

let custody: LocalCustody;
beforeEach(() => {
  const lifetimes = Object.fromEntries(
    intentKind.options.map((kind) => [kind, 7 * 86_400]),
  ) as Policy['lifetimes'];
  custody = openLocalCustody(undefined, undefined, { lifetimes });
});
afterEach(() => custody.remove());

const at = (place: Place): Party => custody.parties[place].party;
const all = (): Party[] => custody.parties.map(({ party }) => party);
const offer = async (
  place: Place,
  bundle: OperationBundle,
  receipts: readonly AdoptionReceipt[] = [],
): Promise<string> => {
  const adopted = await adopt(custody.parties[place].client, bundle, receipts);
  return adopted.ok ? 'adopted' : adopted.refusal;
};
const wordOf = (place: Place, of: OperationBundle, changes = {}): AdoptionReceipt =>
  signedWord(at(place), of, changes);
const cap = (place: Place) => at(place).trust?.policy.caps[0]?.perOperation;
const capIn = ({ intent }: OperationBundle) =>
  intent.kind === 'policy-change' ? intent.policy.caps[0]?.perOperation : undefined;
const standings = (...places: Place[]) =>
  new Set(places.map((place) => standingOf(at(place)))).size;
const talkTwo = () => talk(at(CONTROL), at(CUSTODY));
const pass = (ms: number): void => {
  custody.clock.ahead += ms;
};
/** The one that goes first among rivals, and the other one. */
const two = () => {
  const [first, other] = rivalPolicies(custody.organisation, 2);
  if (!first || !other) throw new Error('There are two.');
  return { first, other };
};
/** Both honest parties hold the one that does not go first, and have said so to each other. */
async function bothHoldTheOther() {
  const rivals = two();
  expect(await offer(CONTROL, rivals.other)).toBe('adopted');
  await talkTwo();
  expect(honest.map((place) => cap(place))).toEqual([capIn(rivals.other), capIn(rivals.other)]);
  return rivals;
}
const forGoodAt = async (place: Place, of: OperationBundle) =>
  must(await adopt(custody.parties[place].client, of)).receipt.forGood === true;

describe('two rivals that reach two parties in the same moment', () => {
  test.each([
    ['first at the one', CONTROL, CUSTODY],
    ['first at the other', CUSTODY, CONTROL],
  ] as const)('part nobody, though the third is off: %s', async (_, one, another) => {
    const { first, other } = two();
    expect(await offer(one, first)).toBe('adopted');
    expect(await offer(another, other)).toBe('adopted');
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual([capIn(first), capIn(first)]);
    expect(standings(...honest)).toBe(1);
    expect(differingPeers(at(CONTROL))).toEqual([]);
    expect(differingPeers(at(CUSTODY))).toEqual([]);
    for (const place of honest) checkMarks(at(place));
  });

  test('part nobody, though two of three hold the one that does not go first', async () => {
    const { first, other } = two();
    await offer(CONTROL, first);
    for (const place of [CUSTODY, THIRD] as const) await offer(place, other);
    await talk(...all());
    expect([0, 1, 2].map((place) => cap(place as Place))).toEqual(Array(3).fill(capIn(first)));
    expect(standings(0, 1, 2)).toBe(1);
  });

  test.each([
    ['first at the one', 0, 1],
    ['first at the other', 1, 0],
  ] as const)('part nobody, whatever the third signs for both: %s', async (_, a, b) => {
    const { first, other } = two();
    const bundles = [first, other];
    const [atControl, atCustody] = [bundles[a], bundles[b]];
    if (!atControl || !atCustody) throw new Error('There are two.');
    const control = must(await adopt(custody.parties[CONTROL].client, atControl));
    const second = must(await adopt(custody.parties[CUSTODY].client, atCustody));
    for (const lie of [{}, { forGood: true as const }, {}]) {
      await offer(CUSTODY, atControl, [control, wordOf(THIRD, atControl, lie)]);
      await offer(CONTROL, atCustody, [second, wordOf(THIRD, atCustody, lie)]);
    }
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual([capIn(first), capIn(first)]);
    expect(differingPeers(at(CONTROL))).toEqual([]);
  });

  test('part nobody who was cut off for days, as long as the third is off too', async () => {
    const { first, other } = two();
    await offer(CONTROL, other);
    await offer(CUSTODY, first);
    pass(5 * DAY);
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual([capIn(first), capIn(first)]);
  });

  test.each([
    ['that goes first', 'first'],
    ['that does not', 'other'],
  ] as const)('part nobody once another version was built on the one %s', async (_, which) => {
    const rivals = two();
    const base = rivals[which];
    const next = tighterPolicy(custody.organisation, '50', base.intent.policy);
    await offer(CONTROL, base);
    expect(await offer(CONTROL, next)).toBe('adopted');
    const rival = which === 'first' ? rivals.other : rivals.first;
    for (const place of [CUSTODY, THIRD] as const) await offer(place, rival);
    await talk(...all());
    const expected = which === 'first' ? next : rivals.first;
    expect([0, 1, 2].map((place) => cap(place as Place))).toEqual(Array(3).fill(capIn(expected)));
    expect(standings(0, 1, 2)).toBe(1);
    for (const place of [0, 1, 2] as const) {
      checkMarks(at(place));
      reloadTrust(at(place));
    }
  });

  test('of the roster part nobody either', async () => {
    const { organisation } = custody;
    const { roster } = organisation;
    const without = (ending: string): OperationBundle => {
      const people = roster.people.map((person) =>
        person.id === 'p-raisaaaaaa' ? { ...person, notAfter: ending } : person,
      );
      const next = { ...roster, version: 2, previous: digestOf(roster), people };
      return alone(
        organisation,
        { ...commonIntent(), kind: 'roster-change', roster: next },
        'raisa',
      );
    };
    const [first, other] = [without('2031-01-01T00:00:00.000Z'), without(inSixDays())].sort(byRank);
    if (!first || !other) throw new Error('There are two.');
    expect(await offer(CONTROL, other)).toBe('adopted');
    expect(await offer(CUSTODY, first)).toBe('adopted');
    await talkTwo();
    expect(standings(...honest)).toBe(1);
    expect(at(CONTROL).trust?.rosterDigest).toBe(at(CUSTODY).trust?.rosterDigest);
  });

  test('leave what was replaced as never adopted, and the next version builds on the other', async () => {
    const { first, other } = two();
    await offer(CONTROL, other);
    await offer(CUSTODY, first);
    await talkTwo();
    expect(await offer(CONTROL, other)).toBe('version-does-not-follow');
    expect(await offer(CONTROL, first)).toBe('adopted');
    const next = tighterPolicy(custody.organisation, '50', first.intent.policy);
    expect(await offer(CONTROL, next)).toBe('adopted');
    await talk(...all());
    expect(standings(0, 1, 2)).toBe(1);
    checkMarks(at(CONTROL));
  });
});

describe('what both honest parties hold', () => {
  test('is taken from neither once the rounds are over, whatever the third says and signs', async () => {
    const { first, other } = await bothHoldTheOther();
    pass(2 * ROUND + 1_000);
    const lie = wordOf(THIRD, first, { forGood: true });
    for (const place of honest) {
      expect(await offer(place, first, [lie])).toBe('version-does-not-follow');
      expect(await offer(place, first, [lie, wordOf(THIRD, first)])).toBe(
        'version-does-not-follow',
      );
    }
    expect(await offer(THIRD, first)).toBe('adopted');
    await talk(...all());
    expect(honest.map((place) => cap(place))).toEqual([capIn(other), capIn(other)]);
    expect(await forGoodAt(CONTROL, other)).toBe(true);
  });

  test('stays so at a party that starts anew before it has heard anybody', async () => {
    const { first, other } = await bothHoldTheOther();
    pass(2 * ROUND + 1_000);
    Object.assign(at(CUSTODY).peers, newPeerState());
    expect(await offer(CUSTODY, first, [wordOf(THIRD, first)])).toBe('version-does-not-follow');
    expect(cap(CUSTODY)).toBe(capIn(other));
  });

  test('is parted by no rival that the third shows to one of them in the last moment', async () => {
    const { first } = await bothHoldTheOther();
    pass(ROUND - 1_000);
    expect(await offer(CUSTODY, first, [wordOf(THIRD, first)])).toBe('adopted');
    pass(2_000);
    // The third's word alone comes too late at control; custody passes it on beside its own.
    expect(await offer(CONTROL, first, [wordOf(THIRD, first)])).toBe('version-does-not-follow');
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual([capIn(first), capIn(first)]);
    expect(differingPeers(at(CONTROL))).toEqual([]);
  });

  test('gives way to no second rival later than it would have to the first', async () => {
    const [best, middle, last] = rivalPolicies(custody.organisation, 3);
    if (!best || !middle || !last) throw new Error('There are three.');
    await offer(CONTROL, last);
    await talkTwo();
    pass(ROUND - 1_000);
    for (const place of honest)
      expect(await offer(place, middle, [wordOf(THIRD, middle)])).toBe('adopted');
    pass(2_000);
    for (const place of honest)
      expect(await offer(place, best, [wordOf(THIRD, best)])).toBe('version-does-not-follow');
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual([capIn(middle), capIn(middle)]);
  });

  test('gives way to nothing that does not go before it, however often the third says so', async () => {
    const { first, other } = two();
    await offer(CONTROL, first);
    await talkTwo();
    const words = [wordOf(THIRD, other), wordOf(THIRD, other, { forGood: true })];
    for (const place of honest)
      for (let times = 0; times < 4; times += 1)
        expect(await offer(place, other, words)).toBe('version-does-not-follow');
    expect(honest.map((place) => cap(place))).toEqual([capIn(first), capIn(first)]);
  });

  test('gives way to nothing that comes without another party’s word', async () => {
    const { first, other } = await bothHoldTheOther();
    expect(await offer(CONTROL, first)).toBe('version-does-not-follow');
    const elsewhere = wordOf(THIRD, other);
    expect(await offer(CONTROL, first, [elsewhere])).toBe('receipt-invalid');
    expect(cap(CONTROL)).toBe(capIn(other));
  });
});

describe('a party that stood apart alone', () => {
  /** Control holds the one that goes first, alone; the others hold the other one for good. */
  async function apart() {
    const rivals = two();
    await offer(CONTROL, rivals.first);
    for (const place of [CUSTODY, THIRD] as const) await offer(place, rivals.other);
    await talk(at(CUSTODY), at(THIRD));
    pass(2 * ROUND + 1_000);
    return rivals;
  }

  test('takes what the others hold for good, though its own would go first', async () => {
    const { first, other } = await apart();
    expect(await forGoodAt(CONTROL, first)).toBe(false);
    expect(await forGoodAt(CUSTODY, other)).toBe(true);
    await talk(...all());
    expect([0, 1, 2].map((place) => cap(place as Place))).toEqual(Array(3).fill(capIn(other)));
    expect(standings(0, 1, 2)).toBe(1);
  });

  test('does not take it on the word of one, or of one and an old receipt', async () => {
    const { first, other } = two();
    await offer(CONTROL, first);
    const old = must(await adopt(custody.parties[CUSTODY].client, other));
    const lie = wordOf(THIRD, other, { forGood: true });
    pass(2 * ROUND + 1_000);
    for (const words of [[lie], [lie, lie], [lie, old]])
      expect(await offer(CONTROL, other, words)).toBe('version-does-not-follow');
    expect(cap(CONTROL)).toBe(capIn(first));
  });
});

describe('a replacement loses nothing that people said no to', () => {
  test('what loosens never takes the place of what tightens, whatever its digest', async () => {
    const { organisation } = custody;
    const tighter = tighterPolicy(organisation, '100');
    let looser: OperationBundle;
    do
      looser = organisation.bundle(
        { ...looserPolicyIntent(organisation.policy), notAfter: inSixDays() },
        { expiresAt: inSixDays() },
      );
    while (byRank(tighter, looser) < 0);
    expect(await offer(CONTROL, tighter)).toBe('adopted');
    expect(await offer(CUSTODY, looser)).toBe('adopted');
    expect(await offer(CONTROL, looser, [wordOf(CUSTODY, looser), wordOf(THIRD, looser)])).toBe(
      'version-does-not-follow',
    );
    await talkTwo();
    expect(honest.map((place) => cap(place))).toEqual(['100', '100']);
  });

  test('a rival counts for nothing where its statement does not', async () => {
    const { first, other } = await bothHoldTheOther();
    const borrowed = { ...first, statements: other.statements };
    expect(await offer(CONTROL, borrowed, [wordOf(THIRD, borrowed)])).toBe('wrong-operation');
    const byForger = { ...first, statements: first.statements.map((signed) => forged(signed)) };
    expect(await offer(CONTROL, byForger, [wordOf(THIRD, byForger)])).toBe('credential-unknown');
    expect(cap(CONTROL)).toBe(capIn(other));
  });

  test('a no to the rival keeps it out, and freezes stand as before', async () => {
    const { organisation } = custody;
    const { first, other } = await bothHoldTheOther();
    must(await adopt(custody.parties[CONTROL].client, alone(organisation, freezeIntent())));
    const no = organisation.say('cora', 'reject', first.intent);
    expect(takeNo(at(CONTROL), no).ok).toBe(true);
    expect(await offer(CONTROL, first, [wordOf(THIRD, first)])).toBe('attempt-ended');
    await talkTwo();
    expect(await offer(CUSTODY, first, [wordOf(THIRD, first)])).toBe('attempt-ended');
    for (const place of honest) {
      expect(cap(place)).toBe(capIn(other));
      expect(standingFreezes(at(place).database, at(place).kek)).toHaveLength(1);
    }
  });

  test('freezes and a no to something else outlast a version that is replaced', async () => {
    const { organisation } = custody;
    const { first } = await bothHoldTheOther();
    must(await adopt(custody.parties[CONTROL].client, alone(organisation, freezeIntent())));
    const { intent } = tighterPolicy(organisation, '70');
    expect(takeNo(at(CONTROL), organisation.say('cora', 'reject', intent)).ok).toBe(true);
    await talkTwo();
    for (const place of honest) await offer(place, first, [wordOf(THIRD, first)]);
    const of = { operation: intent.operation, intentDigest: intentDigest(intent) };
    for (const place of honest) {
      expect(cap(place)).toBe(capIn(first));
      expect(standingFreezes(at(place).database, at(place).kek)).toHaveLength(1);
      expect(endedBySomeone(at(place), of)).toBe(1);
    }
  });
});

describe('the store of a party that replaced a version', () => {
  test('opens as it was where the party was killed before it replaced anything', async () => {
    const { trust } = at(CONTROL);
    if (!trust) throw new Error('no trust');
    const { first } = two();
    await offer(CONTROL, first);
    lowerTrustMark(at(CONTROL), trust);
    checkMarks(at(CONTROL));
    expect(cap(CONTROL)).toBe(capIn(first));
  });

  test('is not read where somebody else dated what is shared', async () => {
    const { first } = await bothHoldTheOther();
    const { database } = at(CONTROL);
    const row = database.one("select value from meta where name = 'shared-policy-2'");
    const stored = JSON.parse(String(row?.['value'])) as { since: string; tag: string };
    const changed = JSON.stringify({ ...stored, since: inSixDays() });
    database.run("update meta set value = ? where name = 'shared-policy-2'", changed);
    await expect(offer(CONTROL, first, [wordOf(THIRD, first)])).rejects.toThrow(StoreError);
  });
});
