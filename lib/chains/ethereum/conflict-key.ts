/**
 * The name of what a transfer is tied to: the chain runs one transaction for each nonce of an
 * account. A replacement with a higher fee has the same key.
 */
import { isEthereumAddress } from './address.ts';
import { isEthereumChain } from './chain.ts';

/** @param from the account, in EIP-55 spelling. */
export const conflictKeyOf = (chain: string, from: string, nonce: bigint): string =>
  `${chain}:nonce:${from}:${nonce}`;

/** The tie in a conflict key. @throws when the text is none of an Ethereum transfer. */
export function nonceOfConflictKey(key: string): { chain: string; from: string; nonce: bigint } {
  const [namespace, reference, kind, from, nonce, ...rest] = key.split(':');
  const chain = `${namespace}:${reference}`;
  if (
    !isEthereumChain(chain) ||
    kind !== 'nonce' ||
    !isEthereumAddress(from) ||
    !/^(?:0|[1-9]\d{0,15})$/.test(nonce ?? '') ||
    rest.length > 0
  )
    throw new Error('This is no conflict key of an Ethereum transfer.');
  return { chain, from, nonce: BigInt(nonce ?? '') };
}
