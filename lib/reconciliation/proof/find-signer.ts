/**
 * Who really signed a step of the books, with a key that the roster gave them. The database compares what
 * statements say; whoever writes into it can make up what they say, and no signature. Pure.
 */
import { scopesOf, type Scope } from '#lib/identity/roles.ts';
import { findKeyRefusal } from '#lib/protocol/counting.ts';
import type { Roster } from '#lib/protocol/roster.ts';

/** What is wrong with who is said to have signed, in words that go for whatever was signed. */
export const signerFaults = {
  'roster-missing': 'no roster was in force when it was written down',
  'other-house': 'it names another organisation than the roster',
  'person-unknown': 'the roster does not name who is said to have signed it',
  'key-unknown': 'the roster gives who is said to have signed it no such key',
  'key-ended': 'a key signed it that had been ended',
  'signature-invalid': 'a key did not sign what it is said to have signed',
} as const;
export type SignerFault = keyof typeof signerFaults | 'not-allowed';

/**
 * A change of who counts, and a signature at the same moment, do not see each other: what was in force until
 * then counts for so long.
 */
export const graceMs = 60_000;

/** Who counted at a moment. */
export type Counting = {
  /** Rosters that were in force then; two where one had just taken the place of the other. */
  rosters: readonly Roster[];
  /** Keys, by id, that had been ended by then although a roster still named them. */
  ended: ReadonlySet<string>;
};

export type KeptStep = { document: string; assertion: unknown; credentialId: string };

export type SignerKey = { id: string; publicKey: Uint8Array; backupEligible: boolean };

type Wanted = {
  person: string;
  scope: Scope;
  /** As the statement says. */
  issuedAt: string;
  /** By the clock of the database, in milliseconds since 1970. */
  writtenAt: number;
  /** Whether this key signed exactly what is wanted. */
  isSignedBy: (key: SignerKey) => boolean;
};

/** @returns the id of the key that signed, or why nobody who may is shown to have. */
export function findSigner(
  roster: Roster,
  kept: KeptStep,
  { person: by, scope, issuedAt, writtenAt, isSignedBy }: Wanted,
): { person: string; key: string } | SignerFault {
  const person = roster.people.find(({ id }) => id === by);
  if (!person) return 'person-unknown';
  const credential = person.credentials.find(({ id }) => id === kept.credentialId);
  if (!credential) return 'key-unknown';
  const at = Math.max(writtenAt - graceMs, Date.parse(issuedAt));
  if (findKeyRefusal({ person, credential }, at)) return 'key-ended';
  if (!scopesOf(person.roles).has(scope)) return 'not-allowed';
  const { id, publicKey, backupEligible } = credential;
  const isSigned = isSignedBy({
    id,
    publicKey: Buffer.from(publicKey, 'base64url'),
    backupEligible,
  });
  return isSigned ? { person: by, key: id } : 'signature-invalid';
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
