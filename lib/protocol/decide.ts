/** The decision that each party makes for itself: may it take part in this operation, now? */
import { z } from 'zod';
import type { DecideInput, SeenCounter } from './decide-input.ts';
import { intent as intentSchema, intentDigest, type Intent } from './intent.ts';
import { factsOf, findMismatch } from './intent-match.ts';
import { intentKind, type IntentKind } from './intent-kinds.ts';
import { findPolicyFault, type Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { findNeeds, isMet, type Voice } from './requirements.ts';
import { findStructureFault, groupsOverlap } from './roster.ts';
import { instant } from './scalars.ts';
import { challengeOf, signedStatement, type SignedStatement } from './statement.ts';
import { checkStatementSet } from './statement-set.ts';

export type DecideAnswer = { ok: true } | { ok: false; refusal: PartyRefusal };

const statementList = z.array(signedStatement).min(1).max(50);

/**
 * Kinds in which a party acts with, or comes to hold, a share: it moves only when the deciding rule
 * needs its group and someone of that group asks for it. A voice that no rule asks for moves no
 * party: otherwise one party in hostile hands could sign with each of the others in turn, and the
 * two transactions need not conflict. The other kinds change what parties know, and any party
 * adopts the change once the full set is there; otherwise the parties could not stay on one version.
 */
const MOVES_BY_GROUP: readonly IntentKind[] = ['withdrawal', 'key-ceremony'];

const otherKind = z.looseObject({
  kind: z.string().refine((kind) => !intentKind.safeParse(kind).success),
});

function readIntent(candidate: unknown): Intent | PartyRefusal {
  try {
    const parsed = intentSchema.safeParse(candidate);
    if (parsed.success) return parsed.data;
    return otherKind.safeParse(candidate).success ? 'intent-kind-unknown' : 'intent-malformed';
  } catch {
    // Only an object that throws when it is read comes here.
    return 'intent-malformed';
  }
}

function readStatements(candidate: unknown): SignedStatement[] | null {
  try {
    return statementList.safeParse(candidate).data ?? null;
  } catch {
    return null;
  }
}

/** The party's own state must be sound before anything is measured by it. */
function findOwnFault({
  roster,
  policy,
  policyAtRaise,
  party,
  now,
}: DecideInput): PartyRefusal | null {
  if (!instant.safeParse(now).success) return 'clock-unreadable';
  if (groupsOverlap(roster)) return 'groups-overlap';
  if (findStructureFault(roster)) return 'own-roster-unsound';
  for (const held of policyAtRaise ? [policy, policyAtRaise] : [policy]) {
    const foreign =
      held.organisation !== roster.organisation || held.environment !== roster.environment;
    if (foreign || findPolicyFault(held)) return 'own-policy-unsound';
  }
  const self = roster.parties.find((entry) => entry.name === party.name);
  return self?.group === party.group ? null : 'party-not-in-roster';
}

type CheckedSet = { voices: readonly Voice[]; policies: readonly Policy[] };

function findQuorumRefusal(
  intent: Intent,
  { voices, policies }: CheckedSet,
  { party }: DecideInput,
): PartyRefusal | null {
  const facts = factsOf(intent, party);
  if (!facts) return 'vault-unknown';
  const required = findNeeds(policies, facts);
  if (!required.ok) return required.refusal;
  if (MOVES_BY_GROUP.includes(intent.kind)) {
    if (required.needs.every((need) => need.group !== party.group)) return 'own-group-not-needed';
    if (voices.every((voice) => voice.group !== party.group)) return 'own-group-missing';
  }
  return required.needs.every((need) => isMet(need, voices)) ? null : 'statements-incomplete';
}

function findRefusal(input: DecideInput): PartyRefusal | null {
  const ownFault = findOwnFault(input);
  if (ownFault) return ownFault;
  const intent = readIntent(input.intent);
  if (typeof intent === 'string') return intent;
  if (intent.organisation !== input.roster.organisation) return 'wrong-organisation';
  if (intent.environment !== input.roster.environment) return 'wrong-environment';
  if (Date.parse(intent.notAfter) <= Date.parse(input.now)) return 'intent-expired';
  const signed = readStatements(input.statements);
  if (!signed) return 'statements-malformed';
  const set = checkStatementSet({ input, intent, digest: intentDigest(intent), signed });
  if (!set.ok) return set.refusal;
  const quorumRefusal = findQuorumRefusal(intent, set, input);
  return quorumRefusal ?? findMismatch(intent, input);
}

/**
 * Decides with nothing but its input; the same input always gives the same answer. The first
 * failing check is the answer, in this order:
 *
 * 1. the party's own state: clock, roster (groups without a common member), policy, its own entry;
 * 2. the intent: form, kind, organisation, environment, time limit;
 * 3. each statement's content: form, organisation, environment, operation, digest, versions, reason;
 * 4. the set: one attempt that has not ended, fresh nonces, exactly one raise, nothing older than
 *    the raise, the policy of that time at hand;
 * 5. each statement's proof: person, key, key not revoked or ended, time, assertion, counter;
 * 6. who counts: no rejection or cancellation, raiser entitled and apart, each person once and
 *    with a group;
 * 7. what is needed: the vault is known, caps, policy now and at the raise (the stricter wins) and never below the
 *    floor; this party's own group needed and heard, then every other need;
 * 8. the intent against the party's own records, field by field against the transaction, and the
 *    transaction against every earlier one of the operation.
 *
 * What comes from outside (`intent`, `statements`) may be anything; it never throws on it.
 */
export function decide(input: DecideInput): DecideAnswer {
  const refusal = findRefusal(input);
  return refusal === null ? { ok: true } : { ok: false, refusal };
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
