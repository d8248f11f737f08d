import { createHash } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const lettersTaken = 9;

/**
 * The code of an asset that the registry does not know: `UNK` and 45 bits of a digest of where it lives.
 * @param token its address on the chain; on Solana its mint.
 */
export function unknownAssetCode(chain: string, token: string): string {
  const digest = createHash('sha256')
    .update(`countersign/unknown-asset ${chain} ${token}`)
    .digest();
  const bits = digest.readBigUInt64BE();
  const text = Array.from(
    { length: lettersTaken },
    (_, place) => letters[Number((bits >> BigInt(5 * place)) & 31n)],
  );
  return `UNK${text.join('')}`;
}
