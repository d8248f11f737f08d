/**
 * Sessions live in our own table. The cookie holds only a random id, looked up on every request,
 * so signing out, suspending a person, stopping a key or the end of a grant ends access at once.
 */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { nameFrom } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish, sessionsTopic } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Ok, type Refused } from '#lib/platform/result.ts';
import { group as groupSchema } from '#lib/protocol/roster.ts';
import { isAdmitted } from './admission.ts';
import { actorFromSession, type Actor } from './actor.ts';
import { findGrantEnd } from './grant-end.ts';
import { hashToken, newToken } from './hash-token.ts';
import { absoluteLimitMs, idleLimitMs } from './session-limits.ts';
import { findSessionRow } from './session-row.ts';

/** `lastSeenAt` is written at most this often, so reading pages costs no write each time. */
const touchIntervalMs = 30_000;

/** Opens a session inside the transaction that redeemed the ticket. @returns the secret for the cookie. */
export async function openSession(
  tx: Tx,
  subject: { operatorId: string; credentialId: string },
  now: Date,
): Promise<string> {
  const token = newToken();
  const id = randomUUID();
  await tx.session.create({
    data: {
      id,
      tokenHash: hashToken(token),
      operatorId: subject.operatorId,
      credentialId: subject.credentialId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + absoluteLimitMs),
    },
  });
  await appendAudit(tx, {
    kind: 'session-opened',
    subject: subject.operatorId,
    actor: subject.operatorId,
    at: now,
    facts: { session: id },
  });
  return token;
}

/** Sessions that still open something at `now`, as a filter; person and key are looked at besides. */
export const isOpenAt = (now: Date) => ({
  revokedAt: null,
  expiresAt: { gt: now },
  lastSeenAt: { gte: new Date(now.getTime() - idleLimitMs) },
});

/**
 * Whether a request shows that somebody is there. What a page asks for by itself does not, or an
 * open tab would keep its session alive while nobody sits before it.
 */
export type Presence = 'acting' | 'watching';

/** Why a secret opens nothing: there is no open session behind it, or the roster's grant ended. */
export type NoSession = Refused<'signed-out' | 'grant-ended'>;

export const signedOut = (): Refused<'signed-out'> =>
  refuse('signed-out', 'Your session has ended. Sign in again.');

/**
 * The actor behind a session secret. Refused when the session is unknown, revoked, idle too long or
 * over, when its person or key is no longer active, and from the end that the roster in force gives
 * to either.
 */
export async function findSession(
  token: string,
  context: Context,
  presence: Presence = 'acting',
): Promise<Ok<Actor> | NoSession> {
  if (token.length !== 43) return signedOut();
  const session = await findSessionRow(context.db, hashToken(token));
  const now = context.clock();
  if (!session || session.revokedAt || session.expiresAt <= now) return signedOut();
  if (now.getTime() - session.lastSeenAt.getTime() > idleLimitMs) return signedOut();
  if (!(await isAdmitted(context.db, session.operatorStatus, session.keyStatus)))
    return signedOut();
  const ended = findGrantEnd(session, now);
  if (ended) return ended;
  const isStale = now.getTime() - session.lastSeenAt.getTime() > touchIntervalMs;
  if (presence === 'acting' && isStale)
    // Signed out meanwhile, the row takes no change any more; that is no reason to fail.
    await context.db.session.updateMany({
      where: { id: session.id, revokedAt: null },
      data: { lastSeenAt: now },
    });
  return ok(
    actorFromSession({
      personId: session.personId,
      displayName: await nameFrom(session.personId, session.nameVersion, session.nameSealed),
      roles: session.roles,
      group: session.group === null ? null : groupSchema.parse(session.group),
      sessionId: session.id,
    }),
  );
}

/** The same for whoever needs no reason. @returns null where the secret opens nothing. */
export async function resolveSession(
  token: string,
  context: Context,
  presence: Presence = 'acting',
): Promise<Actor | null> {
  const session = await findSession(token, context, presence);
  return session.ok ? session.value : null;
}

/** Why a session ended, beside its limits. */
export type EndReason =
  | 'signed-out'
  | 'ended-from-account'
  | 'ended-by-colleague'
  | 'key-stopped'
  | 'suspended'
  | 'roster-changed';

/** Which of a person's sessions: one, all but one, those opened with a key, or all of them. */
type WhichSessions = { id?: string | { not: string }; credentialId?: string };

/**
 * Ends those of a person's sessions that `which` names and that are open still. Their event streams
 * are told at the commit.
 * @param of.by person id of who ends them, or `system`.
 * @returns how many ended.
 */
export async function endSessions(
  tx: Tx,
  of: { personId: string; by: string; which: WhichSessions; reason: EndReason },
  now: Date,
): Promise<number> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...of.which, operatorId: of.personId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now, revokedReason: of.reason },
    select: { id: true },
  });
  for (const { id } of ended) {
    await appendAudit(tx, {
      kind: 'session-revoked',
      subject: of.personId,
      actor: of.by,
      at: now,
      facts: { session: id, reason: of.reason },
    });
    await publish(tx, { topic: sessionsTopic, id });
  }
  return ended.length;
}

/** Ends the actor's own session; doing it twice is harmless. */
export async function revokeSession(actor: Actor, context: Context): Promise<void> {
  const { personId, sessionId } = actor;
  const own = { personId, by: personId, which: { id: sessionId }, reason: 'signed-out' } as const;
  await inTransaction(context.db, (tx) => endSessions(tx, own, context.clock()));
}
