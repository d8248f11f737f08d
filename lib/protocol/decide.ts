/** The decision that each party makes for itself: may it take part in this operation, now? */
import { z } from 'zod';
import { mayGoAlone, tightens } from './alone.ts';
import { decidesCold, factsInstant } from './cold-facts.ts';
import type { DecideInput, SeenCounter } from './decide-input.ts';
import { factsOf, subjectOf } from './facts-of.ts';
import { intent as intentSchema, intentDigest, type Intent } from './intent.ts';
import { askedOnce } from './lasting.ts';
import { findMismatch } from './intent-match.ts';
import { intentKind, isStopKind, movesShares, type IntentKind } from './intent-kinds.ts';
import { findFrozen, findFrozenMove } from './match-book.ts';
import { findPolicyFault, timeLocked } from './policy-faults.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { measureVoices, type Voice } from './requirements.ts';
import { findStructureFault, groupsOverlap, type Group, type Roster } from './roster.ts';
import { instant } from './scalars.ts';
import { readFacts } from './signed-facts.ts';
import { challengeOf, signedStatement, type SignedStatement } from './statement.ts';
import { checkStatementSet } from './statement-set.ts';

export type DecideAnswer = { ok: true } | { ok: false; refusal: PartyRefusal };

const statementList = z.array(signedStatement).min(1).max(50);

const otherKind = z.looseObject({
  kind: z.string().refine((kind) => !intentKind.safeParse(kind).success),
});

/** What came as an intent, or why it is none. Never throws. */
export function readIntent(candidate: unknown): Intent | PartyRefusal {
  try {
    const parsed = intentSchema.safeParse(candidate);
    if (parsed.success) return parsed.data;
    return otherKind.safeParse(candidate).success ? 'intent-kind-unknown' : 'intent-malformed';
  } catch {
    // Only an object that throws when it is read comes here.
    return 'intent-malformed';
  }
}

/** What came as statements, null when it has another form. Never throws. */
export function readStatements(candidate: unknown): SignedStatement[] | null {
  try {
    return statementList.safeParse(candidate).data ?? null;
  } catch {
    return null;
  }
}

/** A party holds hundreds of people and rules for months, so what is wrong with them is found once. */
const isParted = askedOnce(groupsOverlap);
const isUnsound = askedOnce((of: Roster) => findStructureFault(of) !== null);
const isUnfit = askedOnce((of: Policy) => findPolicyFault(of) !== null);

/** The party's own state must be sound before anything is measured by it. */
function findOwnFault({
  roster,
  policy,
  policyAtRaise,
  party,
  now,
}: DecideInput): PartyRefusal | null {
  if (!instant.safeParse(now).success) return 'clock-unreadable';
  if (party.peers.word === 'behind') return 'own-store-behind';
  if (isParted(roster)) return 'groups-overlap';
  if (isUnsound(roster)) return 'own-roster-unsound';
  for (const held of policyAtRaise ? [policy, policyAtRaise] : [policy]) {
    const foreign =
      held.organisation !== roster.organisation || held.environment !== roster.environment;
    if (foreign || isUnfit(held)) return 'own-policy-unsound';
  }
  const self = roster.parties.find((entry) => entry.name === party.name);
  return self?.group === party.group ? null : 'party-not-in-roster';
}

/** A share moves only where the parties hold the same, and know that this one is not set back. */
function findPeerRefusal(kind: IntentKind, { party }: DecideInput): PartyRefusal | null {
  if (!movesShares(kind)) return null;
  if (party.peers.word !== 'heard') return 'peer-word-missing';
  return party.peers.differing.length > 0 ? 'peer-heads-differ' : null;
}

type Waiting = { kind: IntentKind; operation: string; attempt: number; seconds: number };

/** A wait counts from when this party first saw the full set; nobody else can date that. */
function findWait(
  { kind, operation, attempt, seconds }: Waiting,
  { party, now }: DecideInput,
): PartyRefusal | null {
  if (seconds === 0) return null;
  const seen = party.waits.find((wait) => wait.operation === operation && wait.attempt === attempt);
  const over = seen && Date.parse(now) >= Date.parse(seen.since) + seconds * 1000;
  if (over) return null;
  return movesShares(kind) ? 'delay-running' : 'time-lock-running';
}

/** Each person of this party's group types the code that this party showed them. */
function findCodeRefusal(voices: readonly Voice[], { party }: DecideInput): PartyRefusal | null {
  for (const { person, code } of voices.filter(({ group }) => group === party.group)) {
    if (code === null) return 'channel-code-missing';
    const shown = party.codes.find((entry) => entry.person === person);
    if (shown?.code !== code) return 'channel-code-wrong';
  }
  return null;
}

type CheckedSet = {
  voices: readonly Voice[];
  policies: readonly [Policy, ...Policy[]];
  raiser: string;
  attempt: number;
};

/** @returns the refusal where what the operation would move or loosen stands still. */
export function findFreezeRefusal(
  intent: Intent,
  { party, roster, policy }: Pick<DecideInput, 'party' | 'roster' | 'policy'>,
): PartyRefusal | null {
  switch (intent.kind) {
    case 'withdrawal':
    case 'vault-transfer':
      return findFrozenMove(intent, party.freezes);
    case 'proof-of-control':
      return findFrozen({ vault: intent.vault, asset: null }, party.freezes);
    case 'destination-listing':
      return findFrozen({ vault: null, asset: intent.destination.asset }, party.freezes);
    case 'policy-change':
      return tightens(intent, { roster, policy })
        ? null
        : findFrozen({ vault: null, asset: null }, party.freezes);
    default:
      // Keys and people are how a freeze is worked on, so they can still be changed.
      return null;
  }
}

/** Who must have said what, and how long it waits; null when everything is there. */
function findQuorumRefusal(
  intent: Intent,
  { voices, policies, raiser, attempt }: CheckedSet,
  input: DecideInput,
): { refusal: PartyRefusal } | { wait: Waiting } {
  const no = (refusal: PartyRefusal): { refusal: PartyRefusal } => ({ refusal });
  const { kind, operation } = intent;
  const { party, now } = input;
  const frozen = findFreezeRefusal(intent, input);
  if (frozen) return no(frozen);
  const wait = (seconds: number): { wait: Waiting } => ({
    wait: { kind, operation, attempt, seconds },
  });
  if (mayGoAlone(intent, input, raiser)) return wait(0);
  const at = factsInstant(input, intent, policies);
  const [policy, atRaise] = policies;
  const subject = subjectOf(intent);
  const read = readFacts(input.facts, { policy, atRaise, subject, now: at });
  if (!read.ok) return no(read.refusal);
  const facts = factsOf(intent, { party, known: read.known, now });
  if (!facts) return no('vault-unknown');
  const required = measureVoices(policies, facts, voices);
  if (!required.ok) return no(required.refusal);
  if (movesShares(kind)) {
    if (required.needs.every((need) => need.group !== party.group))
      return no('own-group-not-needed');
    // A party that the rule does not ask for would, in other hands, sign with each of those that it
    // asks for, and so something else with each.
    const isAsked = (group: Group): boolean => required.needs.some((need) => need.group === group);
    if (input.signers?.every(isAsked) === false) return no('signer-group-not-needed');
    if (voices.every((voice) => voice.group !== party.group)) return no('own-group-missing');
  }
  if (!required.areMet) return no('statements-incomplete');
  // At a cold party a person presses a key over its own decode, which says more than a code would.
  const hasCodes = required.secondChannel && !decidesCold(input);
  const wrongCode = hasCodes ? findCodeRefusal(voices, input) : null;
  if (wrongCode) return no(wrongCode);
  // What gives nobody anything leaves nothing to veto.
  if (tightens(intent, input)) return wait(0);
  const lock = timeLocked.includes(kind)
    ? Math.max(0, ...policies.map(({ timeLockSeconds = 0 }) => timeLockSeconds))
    : 0;
  return wait(Math.max(required.delaySeconds, lock));
}

/** Why not, and for the refusals that pass by themselves how long the whole wait is. */
type Finding = { refusal: PartyRefusal | null; waitSeconds: number };

function examine(input: DecideInput): Finding {
  const found = findRefusal(input);
  return typeof found === 'object' && found !== null ? found : { refusal: found, waitSeconds: 0 };
}

function findRefusal(input: DecideInput): PartyRefusal | Finding | null {
  const ownFault = findOwnFault(input);
  if (ownFault) return ownFault;
  const intent = readIntent(input.intent);
  if (typeof intent === 'string') return intent;
  if (intent.organisation !== input.roster.organisation) return 'wrong-organisation';
  if (intent.environment !== input.roster.environment) return 'wrong-environment';
  const late = Date.parse(intent.notAfter) <= Date.parse(input.now);
  if (late && !isStopKind(intent.kind)) return 'intent-expired';
  const signed = readStatements(input.statements);
  if (!signed) return 'statements-malformed';
  const set = checkStatementSet({ input, intent, digest: intentDigest(intent), signed });
  if (!set.ok) return set.refusal;
  const attempt = signed[0]?.statement.attempt ?? 0;
  const quorum = findQuorumRefusal(intent, { ...set, attempt }, input);
  if ('refusal' in quorum) return quorum.refusal;
  const mismatch = findMismatch(intent, input, set) ?? findPeerRefusal(intent.kind, input);
  if (mismatch) return mismatch;
  return { refusal: findWait(quorum.wait, input), waitSeconds: quorum.wait.seconds };
}

/**
 * Decides with nothing but its input; the same input always gives the same answer. The first
 * failing check is the answer, in this order:
 *
 * 1. the party's own state: clock, not set back, roster (groups without a common member), policy,
 *    its own entry;
 * 2. the intent: form, kind, organisation, environment, time limit (a stop is never too late);
 * 3. each statement's content: form, organisation, environment, operation, digest, versions, reason;
 * 4. the set: one attempt that has not ended, fresh nonces, exactly one raise, nothing older than
 *    the raise, the policy of that time at hand;
 * 5. each statement's proof: person, key, key not revoked or ended, time, assertion, counter;
 * 6. who counts: no rejection or cancellation, raiser entitled and apart, each person once and
 *    with a group;
 * 7. what stands still; then, unless one person may do it alone, what is needed: facts that sources
 *    signed, the vault known, caps, policy now and at the raise (the stricter wins) and never below
 *    the floor; this party's own group needed and heard, every other need, the second channel;
 * 8. the intent against the party's own records, field by field against the transaction, and the
 *    transaction against every earlier one of the operation;
 * 9. the other parties: they hold the same, where a share would move;
 * 10. the wait, last: only what would be done waits.
 *
 * What comes from outside (`intent`, `statements`, `facts`) may be anything; it never throws on it.
 */
export function decide(input: DecideInput): DecideAnswer {
  const { refusal } = examine(input);
  return refusal === null ? { ok: true } : { ok: false, refusal };
}

/** {@link decide}, and how long the whole wait is where the answer is that it runs. */
export function decideWithWait(input: DecideInput): { answer: DecideAnswer; waitSeconds: number } {
  const { refusal, waitSeconds } = examine(input);
  return { answer: refusal === null ? { ok: true } : { ok: false, refusal }, waitSeconds };
}

/** Where the counter stands in authenticator data (WebAuthn Level 3 §6.1). */
const COUNTER_AT = 33;

/**
 * The counters that a set of statements shows, for the party to keep once it has decided yes.
 * Keys that do not count (0) are left out.
 */
export function countersOf(signed: readonly SignedStatement[]): SeenCounter[] {
  return signed.flatMap(({ statement, assertion }) => {
    const data = Buffer.from(assertion.response.authenticatorData, 'base64url');
    const signCount = data.length >= COUNTER_AT + 4 ? data.readUInt32BE(COUNTER_AT) : 0;
    return signCount === 0
      ? []
      : [{ credential: assertion.id, signCount, challenge: challengeOf(statement) }];
  });
}
