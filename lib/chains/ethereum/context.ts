/** What a decoder has to know beside the bytes. A party makes it from the key it holds a share of. */
import { z } from 'zod';
import { assetCode, chainId } from '#lib/protocol/scalars.ts';
import { isEthereumAddress } from './address.ts';
import { ETHER, isEthereumChain } from './chain.ts';

/** EIP-55 spelling, not the zero address. */
export const ethereumAddress = z.string().max(42).refine(isEthereumAddress, 'must be an address');

export const ethereumContext = z.strictObject({
  /** CAIP-2, such as `eip155:1`. */
  chain: chainId.refine(isEthereumChain, 'must be an Ethereum chain'),
  /** Whose transaction it has to be: the bytes themselves name no sender. */
  account: z.strictObject({
    /** Hex of the account's own key, 33 bytes compressed: the vault's key derived along the path. */
    publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/),
    /** Non-hardened BIP32 steps from the vault's public key. */
    path: z.array(z.int().min(0).max(0x7fffffff)).max(8),
  }),
  /** The only contracts that may be called, and only to transfer. */
  tokens: z
    .array(
      z.strictObject({
        asset: assetCode.refine((code) => code !== ETHER, 'must be no token'),
        contract: ethereumAddress,
      }),
    )
    .max(64)
    .refine(
      (tokens) => new Set(tokens.map(({ contract }) => contract)).size === tokens.length,
      'must name each contract once',
    ),
});
export type EthereumContext = z.infer<typeof ethereumContext>;
