import { z } from 'zod';

/** Kinds of operation that parties decide on. */
export const intentKind = z.enum([
  'withdrawal',
  'key-ceremony',
  'key-refresh',
  'key-repair',
  'key-backup',
  'roster-change',
  'policy-change',
  'destination-listing',
  'destination-removal',
  'freeze',
  'release',
  'revocation',
  'proof-of-control',
  'vault-transfer',
]);
export type IntentKind = z.infer<typeof intentKind>;

/** Kinds whose parties sign a transaction that moves coins out of a vault. */
export const coinKinds = ['withdrawal', 'vault-transfer'] as const;
export type CoinKind = (typeof coinKinds)[number];

export const isCoinKind = (kind: IntentKind): kind is CoinKind =>
  (coinKinds as readonly IntentKind[]).includes(kind);

/** Kinds for which a policy says how long statements count; what else a vault signs goes by withdrawals. */
export const timedKind = intentKind.exclude(['proof-of-control', 'vault-transfer']);
export type TimedKind = z.infer<typeof timedKind>;

/**
 * Kinds by which one person stops something, at once. A stop is never too late: it says no, so it
 * counts however long somebody kept it back.
 */
export const stopKinds = ['destination-removal', 'freeze', 'revocation'] as const;
export type StopKind = (typeof stopKinds)[number];

export const isStopKind = (kind: IntentKind): kind is StopKind =>
  (stopKinds as readonly IntentKind[]).includes(kind);

/** Kinds that parties adopt: they change what a party knows and move no share. */
export const adoptedKind = intentKind.extract([
  'roster-change',
  'policy-change',
  'destination-listing',
  'destination-removal',
  'freeze',
  'release',
  'revocation',
]);
export type AdoptedKind = z.infer<typeof adoptedKind>;

/**
 * Kinds in which a party acts with, or comes to hold, a share: it moves only when the deciding rule
 * needs its group and someone of that group asks for it. A voice that no rule asks for moves no
 * party: otherwise one party in hostile hands could sign with each of the others in turn, and the
 * two transactions need not conflict. The other kinds change what parties know, and any party
 * adopts the change once the full set is there; otherwise the parties could not stay on one version.
 */
export const shareKinds = [
  'withdrawal',
  'key-ceremony',
  'key-refresh',
  'key-repair',
  'key-backup',
  'proof-of-control',
  'vault-transfer',
] as const;

export const movesShares = (kind: IntentKind): boolean =>
  (shareKinds as readonly IntentKind[]).includes(kind);
