/** Rebuilds the recovery key of one backup group from its custodians' parts. */
import { combine } from 'shamir-secret-sharing';
import { answered, refused, type Answer } from './answer.ts';
import {
  groupFingerprint,
  partCommitment,
  type BackupGroup,
  type GroupRecord,
  type Realm,
} from './group.ts';
import { isRecoveryKey } from './hpke.ts';
import { tagOf, type Part } from './part-text.ts';
import { Secret } from './secret.ts';

/** The group whose parts are asked for; with the ceremony's record each part is checked by itself. */
export type PartsOf = Realm & { group: BackupGroup; record: GroupRecord | null };

export type RecoveryKey = {
  fingerprint: string;
  publicKey: string;
  privateKey: Secret;
  /** Parts that were used. */
  numbers: number[];
};

/** True when the part names this group; says nothing about its genuineness. */
export function isPartOf({ group, ...realm }: PartsOf, part: Part): boolean {
  return (
    part.tag === tagOf(groupFingerprint(realm, group)) &&
    part.threshold === group.threshold &&
    part.size === group.custodians.length &&
    part.number >= 1 &&
    part.number <= part.size
  );
}

/** The record only counts when it is about exactly this group. */
function commitmentFor(of: PartsOf, fingerprint: string, number: number): string | null {
  const { record } = of;
  if (record === null || groupFingerprint(record, record.group) !== fingerprint) return null;
  return record.commitments[number - 1] ?? null;
}

/** Checks one part against the group, and against its own commitment where that is at hand. */
export function checkPart(of: PartsOf, part: Part): Answer<Part> {
  const name = `Part ${part.number} of ${part.size}`;
  if (!isPartOf(of, part))
    return refused(
      'part-of-another-group',
      `${name} belongs to another group than ${of.group.id}. Parts of different groups never fit together.`,
    );
  const fingerprint = groupFingerprint(of, of.group);
  const expected = commitmentFor(of, fingerprint, part.number);
  const own = part.share.use((share) => partCommitment(fingerprint, part.number, share));
  if (expected !== null && expected !== own)
    return refused(
      'part-not-genuine',
      `${name} of group ${of.group.id} is not the one the ceremony made, though it is typed without a slip. Ask another custodian, and find out who changed it.`,
    );
  return answered(part);
}

/**
 * Joins the parts; all that are given must be sound. The parts stay the caller's to erase.
 * @returns the key, to be erased after use.
 */
export async function joinParts(of: PartsOf, parts: readonly Part[]): Promise<Answer<RecoveryKey>> {
  const { group } = of;
  const seen = new Set<number>();
  for (const part of parts) {
    const checked = checkPart(of, part);
    if (!checked.ok) return checked;
    if (seen.has(part.number))
      return refused('part-twice', `Part ${part.number} of group ${group.id} was given twice.`);
    seen.add(part.number);
  }
  const missing = group.threshold - parts.length;
  if (missing > 0)
    return refused(
      'too-few-parts',
      `Group ${group.id} opens with ${group.threshold} parts; ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`,
    );
  const used = parts.slice(0, group.threshold);
  const shares = used.map(({ share }) => share.use((bytes) => bytes.slice()));
  const privateKey = await combineShares(shares);
  const numbers = used.map(({ number }) => number);
  if (privateKey === null || !isRecoveryKey(group.publicKey, privateKey)) {
    privateKey?.erase();
    return refused(
      'part-not-genuine',
      `Parts ${numbers.join(', ')} of group ${group.id} do not give its recovery key: one of them is not genuine. Use other parts, or put the group's record beside the backups, which tells which one.`,
    );
  }
  const { publicKey } = group;
  return answered({ fingerprint: groupFingerprint(of, group), publicKey, privateKey, numbers });
}

/** @returns null for shares that no splitting made, such as two for the same place. */
async function combineShares(shares: Uint8Array[]): Promise<Secret | null> {
  try {
    return new Secret(await combine(shares));
  } catch {
    return null;
  } finally {
    for (const share of shares) share.fill(0);
  }
}
