/**
 * The final bytes of an audit entry. A Merkle log can be laid over them later without touching
 * them, so everything about an entry is decided here: its form, its limits and its hash.
 */
import { createHash } from 'node:crypto';
import { canonicalize } from '#lib/protocol/intent.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { auditKinds, type AuditKind } from './kinds.ts';

/** Flat, and without personal data: pseudonymous ids, digests, codes and whole numbers only. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>>;

export type AuditEntry = {
  kind: AuditKind;
  /** Id of what it is about: an operation, a person, `genesis`. */
  subject: string;
  /** Person id, or `worker` or `system` for what nobody in particular did. */
  actor: string;
  at: Date;
  facts: AuditFacts;
};

export type AuditLeaf = { bytes: Uint8Array<ArrayBuffer>; hash: Uint8Array<ArrayBuffer> };

const leafBytesMax = 8192;
const factsMax = 24;
/** Long enough for a credential id, the longest thing an entry names. */
const textMax = 1400;
const subjectMax = 200;
const factName = /^[a-z][A-Za-z0-9]{0,39}$/;
const controlCharacter = /\p{Cc}/u;

/** An entry that must not be written; the change it belongs to must not happen either. */
export class AuditEntryError extends Error {
  override name = 'AuditEntryError';
}

/**
 * The canonical text of an entry as bytes, and its RFC 6962 leaf hash.
 * @throws AuditEntryError for an entry beyond the limits; CanonicalError for a value JSON can't carry.
 */
export function auditLeaf(entry: AuditEntry): AuditLeaf {
  const { kind, subject, actor, at, facts } = entry;
  if (!auditKinds.includes(kind))
    throw new AuditEntryError(`Unknown kind of audit entry: ${String(kind)}`);
  if (actor !== 'worker' && actor !== 'system' && !personId.safeParse(actor).success)
    throw new AuditEntryError('An audit entry names no actor.');
  if (subject.length === 0 || subject.length > subjectMax)
    throw new AuditEntryError('An audit entry needs a short subject.');
  checkText('subject', subject);
  const names = Object.keys(facts);
  if (names.length > factsMax)
    throw new AuditEntryError(`An audit entry has at most ${factsMax} facts.`);
  for (const name of names) checkFact(name, facts[name]);
  const text = canonicalize({
    type: 'countersign/audit/v1',
    kind,
    subject,
    actor,
    at: at.toISOString(),
    facts,
  });
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > leafBytesMax)
    throw new AuditEntryError(`An audit entry has at most ${leafBytesMax} bytes.`);
  return { bytes, hash: leafHash(bytes) };
}

/** SHA-256(0x00 ‖ leaf): the zero keeps an inner node of the tree from passing for a leaf. */
export function leafHash(leaf: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest());
}

function checkFact(name: string, value: unknown): void {
  if (!factName.test(name))
    throw new AuditEntryError(`Not a name for a fact: ${name.slice(0, 60)}`);
  switch (typeof value) {
    case 'string':
      return checkText(name, value);
    case 'number':
      if (Number.isSafeInteger(value)) return;
      throw new AuditEntryError(`The fact ${name} is not a whole number.`);
    case 'boolean':
      return;
    default:
      if (value === null) return;
      throw new AuditEntryError(`The fact ${name} is neither text, number, truth value nor null.`);
  }
}

function checkText(name: string, text: string): void {
  if (text.length > textMax)
    throw new AuditEntryError(`The fact ${name} is longer than ${textMax} characters.`);
  if (controlCharacter.test(text))
    throw new AuditEntryError(`The fact ${name} holds a control character.`);
}
