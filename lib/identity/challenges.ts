/**
 * WebAuthn challenges: given out once, stored, and consumed in the transaction that uses them.
 */
import { randomBytes } from 'node:crypto';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, ok, type Refused, type Result } from '#lib/platform/result.ts';

/** A challenge must be answered within this time. */
export const challengeLifetimeMs = 5 * 60_000;

export type ChallengePurpose =
  | 'sign-in'
  | 'enrol'
  | 'statement'
  | 'chain-decision'
  | 'genesis'
  | 'break-closing'
  | 'ledger-correction'
  | 'register-decision'
  | 'incident-report'
  | 'privacy-request'
  | 'privacy-hold'
  | 'privacy-breach'
  | 'privacy-restriction'
  | 'retention'
  | 'board-pack'
  | 'board-evidence';

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

/**
 * Challenges that nobody's name is on, given out within one lifetime. Anybody can ask for one, so the
 * number is what keeps the table small: 10,000 rows of half a kilobyte are a few megabytes. It is ten
 * times the people a roster can hold signing in at once, and takes 33 calls a second, kept up, to
 * reach; the proxy in front holds one address far below that. Who keeps it up nevertheless keeps
 * people from signing in and from nothing else: whoever is signed in works on.
 */
export const anonymousMax = 10_000;

/** The same for one person: one a second for a whole lifetime, which nobody's fingers reach. */
export const perPersonMax = 300;

/** Stores a challenge, unless too many were given out within the last lifetime. */
export async function issueChallenge(
  db: Database,
  challenge: NewChallenge,
  now: Date,
): Promise<Result<null, 'too-many-challenges'>> {
  const operatorId = challenge.operatorId ?? null;
  const max = operatorId === null ? anonymousMax : perPersonMax;
  // Used ones count too: they stay on record as long. Two calls at once may go one beyond.
  const given = await db.challenge.count({
    where: { operatorId, expiresAt: { gt: now } },
    take: max,
  });
  if (given >= max) return tooMany(operatorId);
  await db.challenge.create({
    data: {
      nonce: challenge.nonce,
      purpose: challenge.purpose,
      operatorId,
      sessionId: challenge.sessionId ?? null,
      document: challenge.document ?? '',
      payload: challenge.payload ?? {},
      challenge: challenge.challenge,
      createdAt: now,
      expiresAt: new Date(now.getTime() + challengeLifetimeMs),
    },
  });
  return ok(null);
}

const tooMany = (operatorId: string | null): Refused<'too-many-challenges'> =>
  refuse(
    'too-many-challenges',
    operatorId === null
      ? 'Many sign-ins are under way. Try again in a minute.'
      : 'You asked for more key presses than a person can make. Nothing was changed. Try again in a few minutes.',
  );

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
  if (row.expiresAt <= now) return tooLate();
  const { count } = await tx.challenge.updateMany({
    where: { nonce: row.nonce, consumedAt: null },
    data: { consumedAt: now },
  });
  if (count === 0 && (await isSwept(tx, row.nonce))) return tooLate();
  if (count === 0)
    return refuse(
      'challenge-used',
      'This request was already answered. Reload the page to see the outcome.',
    );
  return ok(row);
}

const tooLate = (): Refused<'challenge-expired'> =>
  refuse(
    'challenge-expired',
    'The key was pressed too late: a request lasts 5 minutes. Start again.',
  );

/**
 * Whether the worker spent the challenge after its end, with the keys of what waits with it, or removed it. This server's
 * clock may be behind the one of the worker.
 */
async function isSwept(tx: Tx, nonce: string): Promise<boolean> {
  const row = await tx.challenge.findUnique({
    where: { nonce },
    select: { consumedAt: true, expiresAt: true },
  });
  const spentAt = row?.consumedAt ?? null;
  return !row || (spentAt !== null && spentAt > row.expiresAt);
}
