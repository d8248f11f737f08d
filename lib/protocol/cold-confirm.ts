/**
 * What one person confirms at a cold party's own page before a share leaves it, with a key press
 * over this document. It comes on top of the statements that the request carries: whoever pressed
 * saw that party's own decode, on a machine that no network reaches.
 */
import { z } from 'zod';
import { findKeyRefusal, standIns } from './counting.ts';
import type { PartyRefusal } from './refusals.ts';
import { groupAt, type Group, type Roster } from './roster.ts';
import {
  base64url,
  digestHex,
  environment,
  instant,
  operationId,
  personId,
  slug,
} from './scalars.ts';
import { assertionJson, challengeOf } from './statement.ts';
import { checkAssertion } from './webauthn.ts';

export const coldConfirm = z.strictObject({
  type: z.literal('countersign/cold-confirm/v1'),
  organisation: slug,
  environment,
  /** The cold party at whose page the key is pressed. */
  party: slug,
  operation: operationId,
  intentDigest: digestHex,
  attempt: z.int().min(1).max(100),
  /** SHA-256 of the transaction's message, as the party decoded it. */
  messageDigest: digestHex,
  person: personId,
  /** 32 random bytes of the cold party, used once. */
  nonce: base64url.length(43),
  /** By the cold party's clock. */
  issuedAt: instant,
});
export type ColdConfirm = z.infer<typeof coldConfirm>;

export const signedColdConfirm = z.strictObject({
  confirm: coldConfirm,
  /** Where the key was pressed: the cold party's own page, as its browser spells it. */
  origin: z.url().max(300),
  assertion: assertionJson,
});
export type SignedColdConfirm = z.infer<typeof signedColdConfirm>;

/** What the confirmation must be about; every field is compared. */
export type ConfirmSubject = Omit<ColdConfirm, 'type' | 'person' | 'nonce' | 'issuedAt'>;

/** The text that a key signs, as a WebAuthn challenge. */
export const confirmChallenge = (confirm: ColdConfirm): string => challengeOf(confirm);

const isAbout = (confirm: ColdConfirm, subject: ConfirmSubject): boolean =>
  confirm.organisation === subject.organisation &&
  confirm.environment === subject.environment &&
  confirm.party === subject.party &&
  confirm.operation === subject.operation &&
  confirm.intentDigest === subject.intentDigest &&
  confirm.attempt === subject.attempt &&
  confirm.messageDigest === subject.messageDigest;

/**
 * Why a confirmation does not count, or null when it does: about exactly this, by a person of the
 * party's own group who did not raise the operation, with a key that counted at that time.
 * @param candidate from outside; anything at all. Never throws on it.
 * @param of.raiser whose statement raises the operation.
 * @param of.revoked ids of keys that somebody revoked, beside those the roster says.
 */
export function findConfirmFault(
  candidate: unknown,
  of: {
    subject: ConfirmSubject;
    group: Group;
    raiser: string;
    roster: Roster;
    revoked: readonly string[];
  },
): PartyRefusal | null {
  const signed = parse(candidate);
  if (!signed) return 'cold-confirm-malformed';
  const { confirm, origin, assertion } = signed;
  const { subject, roster, revoked } = of;
  if (!isAbout(confirm, subject)) return 'cold-confirm-differs';
  const person = roster.people.find(({ id }) => id === confirm.person);
  if (!person) return 'person-unknown';
  if (isRaiser(person.id, of)) return 'cold-confirm-by-raiser';
  const at = Date.parse(confirm.issuedAt);
  if (groupAt(roster, person, at) !== of.group) return 'cold-confirm-foreign-group';
  const credential = person.credentials.find(({ id }) => id === assertion.id);
  if (!credential) return 'credential-unknown';
  if (revoked.includes(credential.id)) return 'credential-revoked';
  const ended = findKeyRefusal({ person, credential }, at);
  if (ended) return ended;
  const verdict = checkAssertion({
    credential: {
      id: credential.id,
      publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
      signCount: 0,
      backupEligible: credential.backupEligible,
    },
    response: assertion,
    expected: { challenge: confirmChallenge(confirm), origin, rpId: roster.relyingParty.id },
    rules: { allowSynced: roster.environment === 'sandbox', checkCounter: false },
  });
  return verdict.ok ? null : verdict.refusal;
}

/** Whoever speaks in the raiser's place is the same voice. */
const isRaiser = (person: string, of: { raiser: string; roster: Roster }): boolean =>
  person === of.raiser ||
  standIns(of.roster).some(({ from, to }) => from === of.raiser && to === person);

function parse(candidate: unknown): SignedColdConfirm | null {
  try {
    return signedColdConfirm.safeParse(candidate).data ?? null;
  } catch {
    return null;
  }
}
