/**
 * Makes what a person signs at this party's page: a rejection, or a stop with the raise that carries
 * it. Nothing is kept: what comes back signed is checked as if anybody had made it.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { intentDigest, type Intent } from '#lib/protocol/intent.ts';
import { findMismatch } from '#lib/protocol/intent-match.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import type { ReasonCode, Statement } from '#lib/protocol/statement.ts';
import { decisionInput } from '../decision-input.ts';
import type { Party } from '../party.ts';
import type { Trust } from '../store/trust.ts';
import type { StopRequest } from './stop-request.ts';

/** A no never expires; the dates are there because every document has them. */
const STATEMENT_MS = 600_000;
const INTENT_MS = 86_400_000;

type StopIntent = Extract<Intent, { kind: 'freeze' | 'revocation' | 'destination-removal' }>;
export type Draft = { statement: Statement; intent: StopIntent | null };

/**
 * SHA-256(salt ‖ text). The text is not kept. The salt is made from this party's own key, so that
 * the party can show later what a text someone kept was, and nobody else can try texts out.
 */
function commitmentOf(party: Party, operation: string, nonce: string, note: string): string {
  const salt = party.kek.authenticate('countersign/note-salt/v1', operation, nonce);
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(note, 'utf8').digest('hex');
}

type Stop = Exclude<StopRequest, { what: 'reject' }>;

function stopIntent(party: Party, trust: Trust, of: Stop, nonce: string): StopIntent {
  const { organisation, environment } = trust.roster;
  const operation = randomUUID();
  const common = {
    type: 'countersign/intent/v1',
    organisation,
    environment,
    operation,
    notAfter: new Date(party.now().getTime() + INTENT_MS).toISOString(),
    reasonCommitment: commitmentOf(party, operation, nonce, of.note),
  } as const;
  switch (of.what) {
    case 'freeze-everything':
      return { ...common, kind: 'freeze', scope: { what: 'everything' } };
    case 'freeze-asset':
      return { ...common, kind: 'freeze', scope: { what: 'asset', asset: of.asset } };
    case 'freeze-vault':
      return { ...common, kind: 'freeze', scope: { what: 'vault', vault: of.vault } };
    case 'revoke':
      return { ...common, kind: 'revocation', ...of.keys };
    case 'remove-destination':
      return { ...common, kind: 'destination-removal', destination: of.destination };
  }
}

type About = Pick<Statement, 'operation' | 'intentDigest' | 'attempt' | 'decision' | 'nonce'> & {
  reason: { code: ReasonCode; noteCommitment: string } | null;
};

function statementAbout(party: Party, trust: Trust, person: string, about: About): Statement {
  const now = party.now();
  const { organisation, environment, version } = trust.roster;
  return {
    type: 'countersign/statement/v1',
    organisation,
    environment,
    person,
    rosterVersion: version,
    policyVersion: trust.policy.version,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + STATEMENT_MS).toISOString(),
    ...about,
  };
}

/** @param person who will sign it. */
export function draftNo(party: Party, trust: Trust, person: string, of: StopRequest): Draft {
  const nonce = randomBytes(32).toString('base64url');
  if (of.what === 'reject') {
    const { operation, intentDigest: digest, attempt, reason, note } = of;
    const noteCommitment = commitmentOf(party, operation, nonce, note);
    const statement = statementAbout(party, trust, person, {
      operation,
      intentDigest: digest,
      attempt,
      decision: 'reject',
      nonce,
      reason: { code: reason, noteCommitment },
    });
    return { statement, intent: null };
  }
  const intent = stopIntent(party, trust, of, nonce);
  const statement = statementAbout(party, trust, person, {
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    attempt: 1,
    decision: 'raise',
    nonce,
    reason: null,
  });
  return { statement, intent };
}

/** Why a stop would be refused whoever signs it, so that nobody presses a key in vain. */
export function findStopFault(
  party: Party,
  trust: Trust,
  { intent, statement }: Draft,
): PartyRefusal | null {
  if (!intent) return null;
  const bundle = { intent, statements: [] };
  const input = decisionInput(party, trust, {
    loose: bundle,
    bundle,
    transaction: null,
    now: party.now(),
  });
  return findMismatch(intent, input, { policies: [trust.policy], raiser: statement.person });
}
