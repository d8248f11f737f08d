/** Checks the statements about one operation: that they belong to it, who made them, and when. */
import { findKeyRefusal, findVoices, mayStop } from './counting.ts';
import type { DecideInput } from './decide-input.ts';
import { isStopKind } from './intent-kinds.ts';
import type { Intent } from './intent.ts';
import { lifetimeFor } from './lifetimes.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Voice } from './requirements.ts';
import type { Roster, RosterCredential, RosterPerson } from './roster.ts';
import { challengeOf, type SignedStatement, type Statement } from './statement.ts';
import { checkAssertion } from './webauthn.ts';

/** How far ahead of the party's clock a statement may be dated, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

export type SetContext = {
  input: DecideInput;
  intent: Intent;
  digest: string;
  signed: readonly SignedStatement[];
};

/** The policies that apply: the one in force and, where it was another, that of the raise. */
type Applied = [Policy, ...Policy[]];

type SetAnswer =
  | { ok: true; voices: Voice[]; policies: Applied; raiser: string }
  | { ok: false; refusal: PartyRefusal };

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

/** What a set is measured by before it is known who made it. */
export type SetGround = Pick<SetContext, 'intent' | 'digest'> & {
  input: Pick<DecideInput, 'roster' | 'policy' | 'policyAtRaise' | 'party' | 'now'>;
};

/** What each statement says about itself must fit the operation and the party. */
export function findForeign(
  statement: Statement,
  { input, intent, digest }: SetGround,
): PartyRefusal | null {
  if (statement.organisation !== intent.organisation) return 'wrong-organisation';
  if (statement.environment !== intent.environment) return 'wrong-environment';
  if (statement.operation !== intent.operation) return 'wrong-operation';
  if (statement.intentDigest !== digest) return 'digest-mismatch';
  if (statement.rosterVersion > input.roster.version) return 'roster-version-unknown';
  if (statement.policyVersion > input.policy.version) return 'policy-version-unknown';
  const isRefusal = statement.decision === 'reject' || statement.decision === 'cancel';
  return isRefusal === (statement.reason !== null) ? null : 'statement-reason-wrong';
}

/** How the statements fit each other, before it is known whether anyone really made them. */
function findMisfit(
  statements: readonly Statement[],
  { input, intent }: SetContext,
): PartyRefusal | null {
  const [first] = statements;
  if (statements.some((statement) => statement.attempt !== first?.attempt)) return 'attempt-mixed';
  const ended = input.party.endedAttempts.some(
    (end) => end.operation === first?.operation && end.attempt >= first.attempt,
  );
  // Nobody's leave is needed to stop something, so nobody's "no" can keep it from counting.
  if (ended && !isStopKind(intent.kind)) return 'attempt-ended';
  if (hasDuplicates(statements.map((statement) => statement.nonce))) return 'nonce-reused';
  const raises = statements.filter((statement) => statement.decision === 'raise');
  const [raise] = raises;
  if (!raise) return 'raise-missing';
  if (raises.length > 1) return 'raise-repeated';
  const older = statements.some(
    (statement) =>
      statement.rosterVersion < raise.rosterVersion ||
      statement.policyVersion < raise.policyVersion,
  );
  return older ? 'version-before-raise' : null;
}

/** @returns null where the policy of the raise is not at hand. */
export function findPolicies(raise: Statement, input: SetGround['input']): Applied | null {
  if (raise.policyVersion === input.policy.version) return [input.policy];
  const { policyAtRaise } = input;
  return policyAtRaise?.version === raise.policyVersion ? [input.policy, policyAtRaise] : null;
}

const saysNo = ({ decision }: Statement): boolean => decision === 'reject' || decision === 'cancel';

/** A "no" does not expire: whoever kept it back must not be able to make it too late. */
function findUntimely(
  statement: Statement,
  { lifetime, now, isStop }: { lifetime: number; now: number; isStop: boolean },
): PartyRefusal | null {
  const issued = Date.parse(statement.issuedAt);
  if (issued > now + CLOCK_TOLERANCE) return 'statement-not-yet-valid';
  if (isStop || saysNo(statement)) return null;
  const end = Math.min(Date.parse(statement.expiresAt), issued + lifetime * 1000);
  return now < end ? null : 'statement-expired';
}

function findCredentialRefusal(
  author: Author,
  statement: Statement,
  { party, now }: Pick<DecideInput, 'party' | 'now'>,
): PartyRefusal | null {
  if (party.revokedCredentials.includes(author.credential.id)) return 'credential-revoked';
  return findKeyRefusal(author, Math.max(Date.parse(now), Date.parse(statement.issuedAt)));
}

type Author = { person: RosterPerson; credential: RosterCredential };

function findAuthor(
  { statement, assertion }: SignedStatement,
  people: readonly RosterPerson[],
): Author | PartyRefusal {
  const person = people.find((entry) => entry.id === statement.person);
  if (!person) return 'person-unknown';
  const credential = person.credentials.find((entry) => entry.id === assertion.id);
  if (credential) return { person, credential };
  const others = people.flatMap((entry) => entry.credentials);
  return others.some((entry) => entry.id === assertion.id)
    ? 'credential-of-another-person'
    : 'credential-unknown';
}

/**
 * Where a key press counts: the console's own addresses, and for a "no" the parties' pages as well,
 * so that it gets through when the console does not carry it.
 */
function originsFor(statement: Statement, isStop: boolean, roster: Roster): string[] {
  const { origins } = roster.relyingParty;
  if (!isStop && !saysNo(statement)) return origins;
  return [...origins, ...roster.parties.flatMap(({ origin }) => origin ?? [])];
}

/** Verifies that the person made this statement with this key, and that the key was not copied. */
function findUnproven(
  { statement, assertion }: SignedStatement,
  credential: RosterCredential,
  { roster, party }: Pick<DecideInput, 'roster' | 'party'>,
  isStop: boolean,
): PartyRefusal | null {
  const challenge = challengeOf(statement);
  const verdict = checkAssertion({
    credential: {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey, 'base64url'),
      signCount: 0,
      backupEligible: credential.backupEligible,
    },
    response: assertion,
    expected: {
      challenge,
      origin: originsFor(statement, isStop, roster),
      rpId: roster.relyingParty.id,
    },
    // Statements reach a party in another order than they were made, so only reuse is a sign.
    rules: { allowSynced: roster.environment === 'sandbox', checkCounter: false },
  });
  if (!verdict.ok) return verdict.refusal;
  const reused = party.seenCounters.some(
    (seen) =>
      seen.credential === credential.id &&
      seen.signCount === verdict.signCount &&
      seen.signCount !== 0 &&
      seen.challenge !== challenge,
  );
  return reused ? 'counter-reused' : null;
}

export type Made = { statement: Statement; person: RosterPerson };

/** Who really made one statement of a set, or why it does not count now. */
export function prove(
  entry: SignedStatement,
  { input, intent }: SetGround,
  policies: readonly Policy[],
): Made | PartyRefusal {
  const author = findAuthor(entry, input.roster.people);
  if (typeof author === 'string') return author;
  const lifetime = lifetimeFor(intent, input.party.vaults, policies);
  const isStop = isStopKind(intent.kind);
  const refusal =
    findCredentialRefusal(author, entry.statement, input) ??
    findUntimely(entry.statement, { lifetime, now: Date.parse(input.now), isStop }) ??
    findUnproven(entry, author.credential, input, isStop);
  return refusal ?? { statement: entry.statement, person: author.person };
}

/**
 * Checks the whole set. Every statement in it must hold, also those nobody asked for: a set with
 * one bad statement is refused, not trimmed. Order: content of each, fit of all, then author, time
 * and signature of each, then who counts.
 * @returns who raised it, those who approved or co-signed, and the policies that decide what is needed.
 */
export function checkStatementSet(context: SetContext): SetAnswer {
  const { input, intent, signed } = context;
  const no = (refusal: PartyRefusal): SetAnswer => ({ ok: false, refusal });
  const statements = signed.map(({ statement }) => statement);
  for (const statement of statements) {
    const foreign = findForeign(statement, context);
    if (foreign) return no(foreign);
  }
  const misfit = findMisfit(statements, context);
  if (misfit) return no(misfit);
  const raise = statements.find((statement) => statement.decision === 'raise');
  const policies = raise && findPolicies(raise, input);
  if (!policies) return no('policy-history-missing');
  const made: Made[] = [];
  for (const entry of signed) {
    const proven = prove(entry, context, policies);
    if (typeof proven === 'string') return no(proven);
    made.push(proven);
  }
  const said = made.map(({ statement: { decision, channelCode = null }, person }) => ({
    person,
    decision,
    code: channelCode,
  }));
  const at = Date.parse(input.now);
  const voices = findVoices(said, intent.kind, { roster: input.roster, at });
  return typeof voices === 'string'
    ? no(voices)
    : { ok: true, voices, policies, raiser: raise.person };
}

/**
 * Checks a rejection or cancellation that stands alone: for this organisation, by someone who may
 * say no, with a key that counts. It is never too late.
 */
export function findNoFault(
  entry: SignedStatement,
  input: Pick<DecideInput, 'roster' | 'policy' | 'party' | 'now'>,
): PartyRefusal | null {
  const { statement } = entry;
  if (!saysNo(statement)) return 'not-a-no';
  if (statement.organisation !== input.roster.organisation) return 'wrong-organisation';
  if (statement.environment !== input.roster.environment) return 'wrong-environment';
  if (statement.rosterVersion > input.roster.version) return 'roster-version-unknown';
  if (statement.policyVersion > input.policy.version) return 'policy-version-unknown';
  if (statement.reason === null) return 'statement-reason-wrong';
  const author = findAuthor(entry, input.roster.people);
  if (typeof author === 'string') return author;
  const now = Date.parse(input.now);
  return (
    findCredentialRefusal(author, statement, input) ??
    findUntimely(statement, { lifetime: 0, now, isStop: false }) ??
    findUnproven(entry, author.credential, input, false) ??
    (mayStop(author.person) ? null : 'no-not-entitled')
  );
}
