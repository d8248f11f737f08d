/** Reads shared by the steps of enrolment. */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { hashToken } from './hash-token.ts';

/** Keys one person may hold at once; the roster has the same limit. */
export const keysPerPersonMax = 10;

/** The person with the keys that still count, oldest first. */
const withKeys = {
  operator: {
    include: {
      credentials: { where: { status: { not: 'revoked' } }, orderBy: { createdAt: 'asc' } },
    },
  },
} as const satisfies Prisma.InvitationInclude;

export type Invitation = Prisma.InvitationGetPayload<{ include: typeof withKeys }>;
export type LinkRefusal = 'link-unknown' | 'link-used' | 'link-expired';

const askAgain = 'Ask whoever invited you for a new one.';

/** The invitation that a link's token stands for, used or over as it may be; null when there is none. */
export async function readInvitation(
  db: Database | Tx,
  token: unknown,
): Promise<Invitation | null> {
  if (typeof token !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return db.invitation.findUnique({ where: { tokenHash: hashToken(token) }, include: withKeys });
}

/** The invitation behind a link's token, or why it no longer works. */
export async function findInvitation(
  db: Database | Tx,
  token: unknown,
  now: Date,
): Promise<Result<Invitation, LinkRefusal>> {
  const invitation = await readInvitation(db, token);
  if (!invitation) return refuse('link-unknown', `This enrolment link is not valid. ${askAgain}`);
  if (invitation.usedAt || invitation.operator.status !== 'invited')
    return refuse('link-used', `This enrolment link was already used. ${askAgain}`);
  if (invitation.expiresAt <= now)
    return refuse('link-expired', `This enrolment link has expired. ${askAgain}`);
  return ok(invitation);
}

/**
 * The same for a transaction that changes something under the link. Such transactions come one
 * after the other, so that no key slips in beside the end of the enrolment or beyond the limit.
 */
export async function lockInvitation(
  tx: Tx,
  token: unknown,
  now: Date,
): Promise<Result<Invitation, LinkRefusal>> {
  if (typeof token === 'string')
    await tx.$queryRaw`select 1 from invitation where token_hash = ${hashToken(token)} for update`;
  return findInvitation(tx, token, now);
}
