/** What backup and recovery answer: a value, or a named refusal with a sentence to act on. */

export type BackupRefusal =
  | 'group-unsound'
  | 'part-malformed'
  | 'part-mistyped'
  | 'part-of-another-group'
  | 'part-not-genuine'
  | 'part-twice'
  | 'too-few-parts'
  | 'archive-malformed'
  | 'archive-changed'
  | 'archive-forged'
  | 'archive-inconsistent'
  | 'archive-of-another-group'
  | 'archive-does-not-open'
  | 'share-foreign'
  | 'party-unknown'
  | 'chain-unknown'
  | 'shares-of-different-keys'
  | 'shares-of-different-epochs'
  | 'share-twice'
  | 'too-few-shares'
  | 'rebuilt-key-differs';

/** Sentences name parts, parties, groups, keys and epochs; never a byte of a secret or of a typed part. */
export type Refused = { ok: false; refusal: BackupRefusal; sentence: string };
export type Answer<T> = { ok: true; value: T } | Refused;

export const answered = <T>(value: T): Answer<T> => ({ ok: true, value });

export const refused = (refusal: BackupRefusal, sentence: string): Refused => ({
  ok: false,
  refusal,
  sentence,
});
