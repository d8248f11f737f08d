import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { challengeLifetimeMs, issueChallenge, newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { caseField, readForm, seenField } from '../register/forms.ts';
import { readyForStep } from '../register/take-step.ts';
import {
  caseContent,
  decisions,
  type Decision,
  type DecisionStatement,
} from './decision-statement.ts';

const form = z.strictObject({
  id: caseField,
  seen: seenField,
  decision: z.enum(Object.keys(decisions) as [Decision, ...Decision[]]),
});

export type DecisionRequest = { nonce: string; options: PublicKeyCredentialRequestOptionsJSON };

/**
 * Checks that this person may decide the case as they saw it, and gives out the statement to sign.
 * Nothing happens to the case until it comes back signed.
 */
export async function prepareCaseDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<DecisionRequest>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, decision } = read.form;
  const register = decisions[decision];
  const ready = await inTransaction(context.db, async (tx) => {
    const by = actor.personId;
    const standing = await readyForStep(tx, { register, caseId: id, seen, step: decision, by });
    if (!standing.ok) return standing;
    const { number } = standing.value;
    return ok({ number, content: await caseContent(tx, standing.value) });
  });
  if (!ready.ok) return ready;
  const statement: DecisionStatement = {
    type: 'countersign/register-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    register,
    case: id,
    decision,
    ...ready.value,
    revision: seen,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  };
  return give(actor, statement, context);
}

async function give(
  actor: Actor,
  statement: DecisionStatement,
  { db, clock, settings }: Context,
): Promise<Result<DecisionRequest>> {
  const challenge = challengeOf(statement);
  const issued = await issueChallenge(
    db,
    {
      purpose: 'register-decision',
      nonce: statement.nonce,
      challenge,
      operatorId: actor.personId,
      sessionId: actor.sessionId,
      document: canonicalize(statement),
    },
    clock(),
  );
  if (!issued.ok) return issued;
  const keys = await db.credential.findMany({
    where: { operatorId: actor.personId, status: 'active' },
    select: { id: true },
  });
  const options = await generateAuthenticationOptions({
    rpID: settings.rpId,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    timeout: challengeLifetimeMs,
    allowCredentials: keys,
  });
  return ok({ nonce: statement.nonce, options });
}
