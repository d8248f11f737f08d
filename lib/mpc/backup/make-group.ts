/**
 * The ceremony that makes a backup group: a recovery key pair is made, its private key split m of n
 * (Shamir over GF(256)), each part written as text, and the key forgotten.
 */
import { combine, split } from 'shamir-secret-sharing';
import { answered, refused, type Answer } from './answer.ts';
import {
  findGroupFault,
  groupFingerprint,
  partCommitment,
  type BackupGroup,
  type GroupRecord,
  type Realm,
} from './group.ts';
import { isRecoveryKey, makeRecoveryKey, sealSuite } from './hpke.ts';
import { tagOf, writePart } from './part-text.ts';
import { Secret } from './secret.ts';

/** One custodian's part; the text is the secret. */
export type CustodianPart = { number: number; person: string; text: string };

/**
 * Every part must lie on one polynomial, or the group would be found broken years later: the first
 * `threshold` parts, and each later one in place of the last of them, give the key.
 */
async function checkParts(publicKey: string, threshold: number, shares: Uint8Array[]) {
  const first = shares.slice(0, threshold - 1);
  for (const last of shares.slice(threshold - 1)) {
    const rebuilt = new Secret(await combine([...first, last]));
    const fits = isRecoveryKey(publicKey, rebuilt);
    rebuilt.erase();
    if (!fits) throw new Error('The parts do not give the key that was split.');
  }
}

/**
 * @param of.custodians person ids; the first gets part 1.
 * @param of.madeAt for the record.
 * @returns the public record, and the parts to hand out, each to its custodian alone.
 */
export async function makeBackupGroup(
  of: Realm & Omit<BackupGroup, 'publicKey'> & { madeAt: Date },
): Promise<Answer<{ record: GroupRecord; parts: CustodianPart[] }>> {
  const { organisation, environment, id, party, threshold, custodians } = of;
  const { publicKey, privateKey } = await makeRecoveryKey();
  const group = { id, party, threshold, publicKey, custodians };
  const fault = findGroupFault(group);
  if (fault) {
    privateKey.erase();
    return refused('group-unsound', fault);
  }
  const shares = await privateKey.use((key) => split(key, custodians.length, threshold));
  privateKey.erase();
  await checkParts(publicKey, threshold, shares);

  const fingerprint = groupFingerprint({ organisation, environment }, group);
  const size = custodians.length;
  const parts: CustodianPart[] = [];
  const commitments: string[] = [];
  for (const [place, person] of custodians.entries()) {
    const share = shares[place];
    if (!share) throw new Error('A part is missing.');
    const number = place + 1;
    parts.push({
      number,
      person,
      text: writePart({ number, size, threshold }, tagOf(fingerprint), share),
    });
    commitments.push(partCommitment(fingerprint, number, share));
    share.fill(0);
  }
  const record: GroupRecord = {
    type: 'countersign/backup-group/v1',
    organisation,
    environment,
    suite: sealSuite,
    madeAt: of.madeAt.toISOString(),
    group,
    commitments,
  };
  return answered({ record, parts });
}
