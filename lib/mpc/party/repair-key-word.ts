/**
 * From where the party that lost its share knows the key. Its own record says it where that is left:
 * the record is proven by itself, without the share (`store/keys.ts`), and the helpers must say the
 * same. Where the record is gone too, it takes the helpers' signed word, under these conditions:
 *
 * - all of them say exactly the same; they are as many as the threshold, and at most threshold−1
 *   parties are hostile, so one of them is honest and says what it has in force;
 * - they stand in at least two groups, so the people of one group can't make up a key;
 * - the key hangs together, its members are parties of the roster in force with the same keys, and its
 *   public key is the one of every record of this key that the party still has.
 *
 * People decided on the repair by the key's name and epoch; which public key that is they can compare
 * in the status of every party afterwards.
 */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { suitesFor } from '#lib/chains/registry.ts';
import { isConsistent, publicKeyOf } from '../frost/group.ts';
import { isRepairPlan, type RepairPlan } from '../frost/repair-plan.ts';
import { suiteOf } from '../frost/suite.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import type { KeyWord, RepairOpening } from '../wire/repair-payloads.ts';
import { keysOf, membersInForce, type Party } from './party.ts';
import type { RepairSession } from './repair-session.ts';
import { areInForce } from './refresh.ts';
import type { KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';

export type Agreement =
  | { ok: true; word: KeyWord; plan: RepairPlan }
  | { ok: false; refusal: Refusal; culprit: string | null };

const no = (refusal: Refusal, culprit: string | null = null): Agreement => ({
  ok: false,
  refusal,
  culprit,
});

/** What a party that holds the key says of it. */
export const wordAbout = (record: KeyRecord): KeyWord => ({
  vault: record.vault,
  tier: record.tier,
  chain: record.chain,
  suite: record.suite,
  members: record.members,
  group: record.group,
  ceremony: record.ceremony,
  transcript: record.transcript,
  operation: record.operation,
  intentDigest: record.intentDigest,
});

const isSame = (one: KeyWord, other: KeyWord): boolean => canonicalize(one) === canonicalize(other);

const planFor = (
  { suite, group }: KeyWord,
  { lost, helpers }: { lost: Member; helpers: readonly Member[] },
): RepairPlan => ({
  suite: suiteOf(suite),
  group,
  lost: lost.index,
  helpers: helpers.map(({ index }) => index),
});

/** The number of groups these parties stand in, as the roster says. */
const groupsOf = (roster: Roster, members: readonly Member[]): number =>
  new Set(
    members.map(({ name }) => roster.parties.find((entry) => entry.name === name)?.group ?? ''),
  ).size;

/** Whether the party's own records of this and other keys leave room for what the helpers say. */
function contradicts(party: Party, session: RepairSession, word: KeyWord): boolean {
  const { key, epoch } = session.intent;
  const publicKey = publicKeyOf(word.group);
  return keysOf(party).some((record) => {
    if (record.key !== key) return record.vault === word.vault && record.state === 'usable';
    if (record.epoch > epoch && record.state === 'usable') return true;
    if (record.epoch === epoch && record.ceremony === word.ceremony)
      return !isSame(wordAbout(record), word);
    return record.suite !== word.suite || publicKeyOf(record.group) !== publicKey;
  });
}

function isSound(party: Party, trust: Trust, session: RepairSession, word: KeyWord): boolean {
  const inForce = membersInForce(party, trust);
  const { group, members } = word;
  const lists = group.shares.map(({ index }) => index).join();
  return (
    inForce !== null &&
    areInForce(members, inForce) &&
    members.map(({ index }) => index).join() === lists &&
    2 * group.threshold > members.length &&
    suitesFor(word.chain).includes(word.suite) &&
    isConsistent(suiteOf(word.suite), group) &&
    isRepairPlan(planFor(word, session))
  );
}

/**
 * What the helpers say of the key, where this party may go on with it.
 * @param openings of all participants.
 */
export function findAgreement(
  party: Party,
  trust: Trust,
  session: RepairSession,
  openings: ReadonlyMap<string, RepairOpening>,
): Agreement {
  const { own, helpers, lost } = session;
  if (openings.get(lost.name)?.word !== null) return no('repair-key-differs', lost.name);
  const words = helpers.flatMap(({ name }) => {
    const word = openings.get(name)?.word;
    return word ? [{ name, word }] : [];
  });
  const silent = helpers.find(({ name }) => !openings.get(name)?.word);
  if (silent) return no('repair-key-differs', silent.name);
  const measure = words.find(({ name }) => name === own.name) ?? words[0];
  if (!measure) return no('repair-key-differs');
  const other = words.find(({ word }) => !isSame(word, measure.word));
  // Between the helpers the lost party can't tell who is right; a helper knows its own record.
  if (other) return no('repair-key-differs', measure.name === own.name ? other.name : null);
  const { word } = measure;
  if (own.name === lost.name) {
    if (groupsOf(trust.roster, helpers) < 2) return no('repair-one-group');
    if (contradicts(party, session, word)) return no('repair-key-differs');
  }
  if (!isSound(party, trust, session, word)) return no('repair-key-differs');
  return { ok: true, word, plan: planFor(word, session) };
}
