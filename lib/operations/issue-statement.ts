/** Builds the statement a person is about to sign and gives out its one-time challenge. */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { askKeyPress } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { isUnavailable } from '#lib/persons/sealed-value.ts';
import { keepText } from '#lib/persons/texts/keep-texts.ts';
import { toPayload, type KeptPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { canonicalize, intentDigest, type Intent } from '#lib/protocol/intent.ts';
import type { Decision, ReasonCode, Statement } from '#lib/protocol/statement.ts';
import { lifetimeOf, signingVaultOf } from '#lib/protocol/lifetimes.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { vaultTier } from '#lib/protocol/scalars.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { goesWithoutText } from './recorded-statement.ts';
import type { Trust } from './trust.ts';

/** Text beside what is signed, which holds only its salted commitment. Salt as base64url. */
export type ErasableText = { text: string; salt: string };

/** What is stored beside the challenge, to be written when the statement comes back signed. */
export type StatementPayload = {
  /** Canonical text of the intent the statement is about. */
  intent: string;
  /** Text that goes into a row of its own; it waits sealed. */
  note: KeptPayload | null;
  /** What shows whose a destination is; kept the same way. */
  evidence?: KeptPayload;
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

async function keepNote(
  note: ErasableText,
  { intent, decision }: StatementDraft,
  { db }: Context,
): Promise<KeptPayload | null> {
  try {
    return toPayload(await keepText(db, 'operation_note', note));
  } catch (error) {
    if (!isUnavailable(error) || !goesWithoutText(intent, decision)) throw error;
    log.warn({ operation: intent.operation }, 'a stop goes out without its text: keys are away');
    return null;
  }
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
  const { note, evidence } = draft;
  const asked = await keysRefusal(async () => {
    const payload: StatementPayload = {
      intent: canonicalize(intent),
      note: note && (await keepNote(note, draft, context)),
      ...(evidence && {
        evidence: toPayload(await keepText(context.db, 'operation_note', evidence)),
      }),
    };
    return askKeyPress(actor, { purpose: 'statement', statement, payload }, context);
  });
  if (!asked.ok) return asked;
  const digest = statement.intentDigest;
  return ok({ ...asked.value, digest, words: digestWords(digest) });
}
