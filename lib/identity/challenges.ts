/**
 * WebAuthn challenges: given out once, stored, and consumed in the transaction that uses them.
 */
import { randomBytes } from 'node:crypto';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, ok, type Result } from '#lib/platform/result.ts';

/** A challenge must be answered within this time. */
export const challengeLifetimeMs = 5 * 60_000;

export type ChallengePurpose = 'sign-in' | 'enrol' | 'statement' | 'genesis';

export type NewChallenge = {
  purpose: ChallengePurpose;
  nonce: string;
  /** What the authenticator signs, base64url. */
  challenge: string;
  operatorId?: string;
  sessionId?: string;
  /** Canonical text whose hash is the challenge; empty when the challenge is the nonce itself. */
  document?: string;
  payload?: Prisma.InputJsonValue;
};

export const newNonce = (): string => randomBytes(32).toString('base64url');

export async function issueChallenge(
  db: Database,
  challenge: NewChallenge,
  now: Date,
): Promise<void> {
  await db.challenge.create({
    data: {
      nonce: challenge.nonce,
      purpose: challenge.purpose,
      operatorId: challenge.operatorId ?? null,
      sessionId: challenge.sessionId ?? null,
      document: challenge.document ?? '',
      payload: challenge.payload ?? {},
      challenge: challenge.challenge,
      createdAt: now,
      expiresAt: new Date(now.getTime() + challengeLifetimeMs),
    },
  });
}

export type ConsumedChallenge = Prisma.ChallengeGetPayload<object>;
export type ChallengeRefusal = 'challenge-unknown' | 'challenge-used' | 'challenge-expired';

/**
 * Takes a challenge out of circulation inside the caller's transaction. Two requests that bring
 * the same one meet at the row: exactly one gets it.
 */
export async function consumeChallenge(
  tx: Tx,
  wanted: { nonce: string; purpose: ChallengePurpose; operatorId?: string; sessionId?: string },
  now: Date,
): Promise<Result<ConsumedChallenge, ChallengeRefusal>> {
  const row = await tx.challenge.findUnique({ where: { nonce: wanted.nonce } });
  const belongs =
    row?.purpose === wanted.purpose &&
    row.operatorId === (wanted.operatorId ?? null) &&
    row.sessionId === (wanted.sessionId ?? null);
  if (!row || !belongs)
    return refuse(
      'challenge-unknown',
      'This request was not made for you here. Start again from the page.',
    );
  if (row.expiresAt <= now)
    return refuse(
      'challenge-expired',
      'The key was pressed too late: a request lasts 5 minutes. Start again.',
    );
  const { count } = await tx.challenge.updateMany({
    where: { nonce: row.nonce, consumedAt: null },
    data: { consumedAt: now },
  });
  if (count === 0)
    return refuse(
      'challenge-used',
      'This request was already answered. Reload the page to see the outcome.',
    );
  return ok(row);
}
