/** Whoever opens what people wrote and sent about a request: whether they may, and that they did. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findTooMany } from '../people/open-person.ts';
import { requestUnknown } from './act-on-request.ts';
import { requestEnds } from './life.ts';

export type Opening = {
  number: string;
  /** Whose request it is; null where nobody is identified. */
  personId: string | null;
  /** It is opened for a legal claim, and the trail says so. */
  isForClaim: boolean;
};

/**
 * Written down before anything is opened: in the trail, and once it is known whose request it is as a look at that
 * person, which their page and their next copy tell of (Articles 15(1) and 32 GDPR).
 * @param facts what is opened, for the trail.
 * @param forClaim that it is opened for a legal claim; what is left of who was erased opens for nothing else.
 * @returns `not-yours` for a colleague who only approves and before whom nothing of it lies.
 */
export async function openContents(
  tx: Tx,
  actor: Actor,
  {
    id,
    facts,
    at,
    forClaim = false,
  }: { id: string; facts: Record<string, number>; at: Date; forClaim?: boolean },
): Promise<Result<Opening>> {
  const request = await tx.privacyRequestStanding.findUnique({
    where: { requestId: id },
    select: { number: true, state: true, personId: true },
  });
  if (!request) return requestUnknown();
  if (!(await isTheirs(tx, actor, id, request.state)))
    return refuse(
      'not-yours',
      'What people wrote opens for you while a decision on it lies before you.',
    );
  const { number, personId } = request;
  const isLeft = await isLeftOfErased(tx, request);
  if (isLeft && !mayClaim(actor))
    return refuse(
      'for-claims',
      'The person was erased. What is left of the request opens for a legal claim alone, to the data protection officer and managers.',
    );
  if (isLeft && !forClaim)
    return refuse(
      'for-claims',
      'The person was erased. What is left of the request opens for a legal claim alone. Open it for one, which is written down, or leave it.',
    );
  if (personId !== null && (await isReadable(tx, personId))) {
    const stopped = await findTooMany(tx, actor, personId, at);
    if (stopped) return stopped;
    await tx.personLook.create({
      data: {
        personId,
        by: actor.personId,
        purpose: 'request-of-person',
        reference: number,
        fields: [],
        at,
      },
      select: { id: true },
    });
  }
  await appendAudit(tx, {
    kind: 'privacy-request-read',
    subject: number,
    actor: actor.personId,
    at,
    facts: isLeft ? { ...facts, claim: true } : facts,
  });
  return ok({ number, personId, isForClaim: isLeft });
}

const mayClaim = ({ scopes }: Actor): boolean =>
  scopes.has('privacy:work') || scopes.has('privacy:decide');

/** Once the request of somebody who was erased is over, it serves legal claims alone (Article 17(3)(e) GDPR). */
async function isLeftOfErased(
  tx: Tx,
  { state, personId }: { state: string; personId: string | null },
): Promise<boolean> {
  const isOver = ['notified', ...requestEnds].includes(state);
  return isOver && personId !== null && !(await isReadable(tx, personId));
}

/** Officers approve, and do not work on requests: one that is before them, or in which they did something, is theirs. */
async function isTheirs(tx: Tx, actor: Actor, id: string, state: string): Promise<boolean> {
  if (actor.scopes.has('privacy:work') || actor.scopes.has('privacy:decide')) return true;
  if (state === 'proposed') return true;
  const own = await tx.privacyRequestEvent.findFirst({
    where: { requestId: id, actor: actor.personId },
    select: { seq: true },
  });
  return own !== null;
}

const isReadable = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.person.findFirst({ where: { id, erasedAt: null }, select: { id: true } })) !== null;
