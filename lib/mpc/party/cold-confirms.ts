/**
 * Who may confirm at a cold party's page, and what their key signs. A question is good for one
 * person, one document and a few minutes, and for one answer.
 */
import { randomBytes } from 'node:crypto';
import {
  confirmChallenge,
  findConfirmFault,
  type ColdConfirm,
  type ConfirmSubject,
  type SignedColdConfirm,
} from '#lib/protocol/cold-confirm.ts';
import { groupAt, type RosterPerson } from '#lib/protocol/roster.ts';
import type { AssertionJson } from '#lib/protocol/statement.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import type { Prepared } from './signing-begin.ts';
import { challengeAt, noteCounter } from './store/operations.ts';
import { revokedCredentials } from './store/stops.ts';
import type { Trust } from './store/trust.ts';

/** Longest time from the question to the key press, in milliseconds. */
const LIFETIME = 10 * 60_000;
const QUESTIONS_MAX = 64;

/** Open questions by their nonce; memory only. */
export type Questions = Map<string, ColdConfirm>;

export type Question = {
  confirm: ColdConfirm;
  /** Base64url, for the key. */
  challenge: string;
  rpId: string;
  /** Ids of the keys that may answer. */
  keys: string[];
};

const subjectOf = (party: Party, trust: Trust, of: Prepared): ConfirmSubject => ({
  organisation: trust.roster.organisation,
  environment: trust.roster.environment,
  party: party.config.name,
  operation: of.decided.bundle.intent.operation,
  intentDigest: of.decided.digest,
  attempt: of.decided.attempt,
  messageDigest: of.messageDigest,
});

const raiserOf = ({ decided }: Prepared): string =>
  decided.bundle.statements.find(({ statement }) => statement.decision === 'raise')?.statement
    .person ?? '';

const goodKeys = (party: Party, person: RosterPerson): string[] => {
  const revoked = revokedCredentials(party.database, party.kek);
  return person.credentials
    .filter(({ id, revokedAt }) => revokedAt === null && !revoked.includes(id))
    .map(({ id }) => id);
};

/** People of this party's group who did not raise the operation. */
export function whoMayConfirm(party: Party, trust: Trust, of: Prepared): RosterPerson[] {
  const now = party.now().getTime();
  return trust.roster.people.filter(
    (person) =>
      groupAt(trust.roster, person, now) === party.config.group &&
      person.id !== raiserOf(of) &&
      goodKeys(party, person).length > 0,
  );
}

function dropStale(party: Party, questions: Questions): void {
  const now = party.now().getTime();
  for (const [nonce, { issuedAt }] of questions)
    if (Math.abs(now - Date.parse(issuedAt)) > LIFETIME) questions.delete(nonce);
}

/** What one person's key is to sign about the judged request; null for somebody who may not. */
export function askToConfirm(
  party: Party,
  trust: Trust,
  questions: Questions,
  of: { prepared: Prepared; person: string },
): Question | null {
  const person = whoMayConfirm(party, trust, of.prepared).find(({ id }) => id === of.person);
  if (!person) return null;
  dropStale(party, questions);
  const [oldest] = questions.keys();
  if (questions.size >= QUESTIONS_MAX && oldest !== undefined) questions.delete(oldest);
  const confirm: ColdConfirm = {
    type: 'countersign/cold-confirm/v1',
    ...subjectOf(party, trust, of.prepared),
    person: person.id,
    nonce: randomBytes(32).toString('base64url'),
    issuedAt: party.now().toISOString(),
  };
  questions.set(confirm.nonce, confirm);
  const { id: rpId } = trust.roster.relyingParty;
  const challenge = confirmChallenge(confirm);
  return { confirm, challenge, rpId, keys: goodKeys(party, person) };
}

/** Takes the answer to one question, whose nonce is used up whatever comes of it. */
export function takeConfirm(
  party: Party,
  trust: Trust,
  questions: Questions,
  of: { prepared: Prepared; nonce: string; assertion: AssertionJson },
): Answer<SignedColdConfirm> {
  dropStale(party, questions);
  const confirm = questions.get(of.nonce);
  questions.delete(of.nonce);
  if (!confirm) return refuse('cold-confirm-stale');
  const { origin } = party.config.origin;
  const signed: SignedColdConfirm = { confirm, origin, assertion: of.assertion };
  const fault = findConfirmFault(signed, {
    subject: subjectOf(party, trust, of.prepared),
    group: party.config.group,
    raiser: raiserOf(of.prepared),
    roster: trust.roster,
    revoked: revokedCredentials(party.database, party.kek),
  });
  if (fault) return refuse(fault);
  return keepCounter(party, signed) ? answer(signed) : refuse('counter-reused');
}

/** Where the counter stands in authenticator data (WebAuthn Level 3 §6.1). */
const COUNTER_AT = 33;

/** A copied key shows a counter twice. @returns false for one that signed something else before. */
function keepCounter({ database }: Party, { confirm, assertion }: SignedColdConfirm): boolean {
  const data = Buffer.from(assertion.response.authenticatorData, 'base64url');
  const count = data.readUInt32BE(COUNTER_AT);
  const challenge = confirmChallenge(confirm);
  const before = count === 0 ? null : challengeAt(database, assertion.id, count);
  if (before !== null && before !== challenge) return false;
  noteCounter(database, assertion.id, count, challenge);
  return true;
}
