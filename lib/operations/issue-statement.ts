/** Builds the statement a person is about to sign and gives out its one-time challenge. */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { askKeyPress } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { canonicalize, intentDigest, type Intent } from '#lib/protocol/intent.ts';
import type { Decision, ReasonCode, Statement } from '#lib/protocol/statement.ts';
import { lifetimeOf, signingVaultOf } from '#lib/protocol/lifetimes.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { vaultTier } from '#lib/protocol/scalars.ts';
import { digestWords } from '#lib/protocol/words.ts';
import type { Trust } from './trust.ts';

/** Text beside what is signed, which holds only its salted commitment. Salt as base64url. */
export type ErasableText = { text: string; salt: string };

/** What is stored beside the challenge, to be written when the statement comes back signed. */
export type StatementPayload = {
  /** Canonical text of the intent the statement is about. */
  intent: string;
  /** Text that goes into a row of its own, with the salt of its commitment (base64url). */
  note: ErasableText | null;
  /** What shows whose a destination is; kept the same way. */
  evidence?: ErasableText | null;
};

export type StatementRequest = {
  nonce: string;
  /** For `navigator.credentials.get`. */
  options: PublicKeyCredentialRequestOptionsJSON;
  digest: string;
  /** The digest in words, as the page and the parties show it. */
  words: string[];
};

export type StatementDraft = {
  intent: Intent;
  decision: Decision;
  attempt: number;
  reason: { code: ReasonCode; noteCommitment: string } | null;
  note: ErasableText | null;
  evidence?: ErasableText | null;
  /** What the person typed from the second channel. */
  channelCode?: string | undefined;
};

/** Seconds; parties count by their own records of the vault, so a wrong tier here gains nothing. */
async function lifetimeHere(intent: Intent, policy: Policy, db: Context['db']): Promise<number> {
  const { kind } = intent;
  const id = signingVaultOf(intent);
  const vault = id === null ? null : await db.vault.findUnique({ where: { id } });
  return lifetimeOf(policy, { kind, tier: vault && vaultTier.parse(vault.tier) });
}

export async function issueStatement(
  actor: Actor,
  draft: StatementDraft,
  trust: Trust,
  context: Context,
): Promise<Result<StatementRequest>> {
  const now = context.clock();
  const { intent } = draft;
  const lifetimeMs = (await lifetimeHere(intent, trust.policy, context.db)) * 1000;
  const expiresAt = new Date(Math.min(now.getTime() + lifetimeMs, Date.parse(intent.notAfter)));
  const statement: Statement = {
    type: 'countersign/statement/v1',
    organisation: intent.organisation,
    environment: intent.environment,
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    decision: draft.decision,
    person: actor.personId,
    attempt: draft.attempt,
    rosterVersion: trust.roster.version,
    policyVersion: trust.policy.version,
    reason: draft.reason,
    nonce: newNonce(),
    ...(draft.channelCode === undefined ? {} : { channelCode: draft.channelCode }),
    issuedAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
  const payload: StatementPayload = {
    intent: canonicalize(intent),
    note: draft.note,
    ...(draft.evidence ? { evidence: draft.evidence } : {}),
  };
  const asked = await askKeyPress(actor, { purpose: 'statement', statement, payload }, context);
  if (!asked.ok) return asked;
  const digest = statement.intentDigest;
  return ok({ ...asked.value, digest, words: digestWords(digest) });
}
