/**
 * A colleague at work: signs in and states through the same use cases as a person in a browser,
 * with a software key in place of a hardware one.
 */
import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/identity/actor.ts';
import { beginSignIn } from '#lib/identity/begin-sign-in.ts';
import { finishSignIn } from '#lib/identity/finish-sign-in.ts';
import { redeemTicket } from '#lib/identity/redeem-ticket.ts';
import { resolveSession } from '#lib/identity/sessions.ts';
import type { StatementRequest } from '#lib/operations/issue-statement.ts';
import { prepareAdmission } from '#lib/operations/prepare-admission.ts';
import { prepareDecision } from '#lib/operations/prepare-decision.ts';
import { submitStatement, type Submitted } from '#lib/operations/submit-statement.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import type { ReasonCode } from '#lib/protocol/statement.ts';
import type { KeyRingEntry } from './key-ring.ts';

export type WorkingColleague = { entry: KeyRingEntry; actor: Actor; sessionToken: string };

/** @throws when the colleague can't sign in: the sandbox is then not what it should be. */
export async function signInColleague(
  entry: KeyRingEntry,
  context: Context,
): Promise<WorkingColleague> {
  const start = await beginSignIn(context);
  if (!start.ok) throw new Error(`${entry.handle} cannot sign in: ${start.refusal.sentence}`);
  const { nonce, options } = start.value;
  const assertion = entry.authenticator.assert({
    challenge: options.challenge,
    origin: context.settings.origin,
    userHandle: Buffer.from(entry.operatorId, 'utf8').toString('base64url'),
  });
  const finished = await finishSignIn({ nonce, assertion }, context);
  if (!finished.ok) throw new Error(`${entry.handle} cannot sign in: ${finished.refusal.sentence}`);
  const redeemed = await redeemTicket(finished.value.ticket, context);
  const actor = redeemed && (await resolveSession(redeemed.sessionToken, context));
  if (!actor) throw new Error(`${entry.handle} got no session.`);
  return { entry, actor, sessionToken: redeemed.sessionToken };
}

/** Presses the colleague's key on a prepared statement. */
export async function stateAs(
  colleague: WorkingColleague,
  prepared: Result<StatementRequest>,
  context: Context,
): Promise<Result<Submitted>> {
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = colleague.entry.authenticator.assert({
    challenge: options.challenge,
    origin: context.settings.origin,
  });
  return submitStatement(colleague.actor, { nonce, assertion }, context);
}

/** Raises what `prepare` builds and presses the key on it. */
export async function raiseAs(
  colleague: WorkingColleague,
  prepare: (actor: Actor) => Promise<Result<{ request: StatementRequest }>>,
  context: Context,
): Promise<Result<Submitted>> {
  const prepared = await prepare(colleague.actor);
  return prepared.ok
    ? stateAs(colleague, { ok: true, value: prepared.value.request }, context)
    : prepared;
}

export type ColleagueDecision =
  | { decision: 'approve' | 'cosign'; channelCode?: string }
  | { decision: 'reject' | 'cancel'; reason: ReasonCode; note: string };

/** Reads the operation as it stands and decides on it. */
export async function decideAs(
  colleague: WorkingColleague,
  operation: string,
  wanted: ColleagueDecision,
  context: Context,
): Promise<Result<Submitted>> {
  const row = await context.db.operation.findUnique({
    where: { id: operation },
    select: { revision: true },
  });
  if (!row) return refuse('operation-unknown', 'There is no such operation.');
  const prepared = await prepareDecision(
    colleague.actor,
    { operation, revision: row.revision, ...wanted },
    context,
  );
  return stateAs(colleague, prepared, context);
}

/** Admits a person who has registered keys; the approver and co-signer follow. */
export function raiseAdmission(
  colleague: WorkingColleague,
  operator: string,
  context: Context,
): Promise<Result<Submitted>> {
  return raiseAs(
    colleague,
    (actor) => prepareAdmission(actor, { operation: randomUUID(), operator }, context),
    context,
  );
}
