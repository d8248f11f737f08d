/**
 * The short code by which a person shows that they looked at this party's own view of an operation.
 * The party's key makes it, over exactly this operation and person, so the console can't know it.
 */
import type { KeyEncryptionKey } from './seal.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/** @returns 8 characters of Crockford's base32 in lower case, 40 bits. */
export function channelCodeFor(
  kek: KeyEncryptionKey,
  of: { operation: string; intentDigest: string; person: string; attempt: number },
): string {
  const mac = kek.authenticate(
    'countersign/channel-code/v1',
    of.operation,
    of.intentDigest,
    of.person,
    of.attempt,
  );
  let bits = BigInt(`0x${mac.slice(0, 10)}`);
  let code = '';
  for (let place = 0; place < LENGTH; place += 1) {
    code = (alphabet[Number(bits & 31n)] ?? '') + code;
    bits >>= 5n;
  }
  return code;
}
