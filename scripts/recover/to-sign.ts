/** What `--sign` signs, by family of chains. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import type { RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { Problem } from '../supervisor/problem.ts';
import { readBitcoinToSign } from './bitcoin-file.ts';
import { readToSign, signatureLines } from './sign-file.ts';

export type ToSign = {
  /** What it does, to be read before signing. */
  description: string;
  /** @returns the lines to print. */
  sign: (key: RebuiltKey) => string[];
};

/**
 * @param of.owner whose account pays, on chains with accounts of their own for owners.
 * @throws Problem when the file holds nothing that the key of this backup signs.
 */
export function findToSign(
  path: string,
  archive: ShareBackup,
  { owner }: { owner: string | null },
): ToSign {
  const { chain, address } = archive.vault;
  if (chain.startsWith('solana:')) {
    if (owner !== null)
      throw new Problem('A Solana vault has one address for all owners. Leave out --owner.');
    const read = readToSign(path, chain, address);
    return {
      description: read.description,
      sign: (key) => signatureLines(read, key),
    };
  }
  if (chain.startsWith('bip122:')) return readBitcoinToSign(path, archive, owner);
  throw new Problem(
    `This version signs nothing for vaults on ${chain}. Write the key with --out, and sign elsewhere.`,
  );
}
