/**
 * What a chain's decoder makes of unsigned bytes: plain data, the same for every chain, that a party
 * decides on, people read and the contract in `docs/contracts/` describes.
 */
import { z } from 'zod';
import { plainTransaction } from '#lib/protocol/bundle.ts';
import { address, amount } from '#lib/protocol/scalars.ts';

const hexText = z.string().regex(/^(?:[0-9a-f]{2})*$/);

/** One thing that the vault's key signs for the transaction. */
export const signingPart = z.strictObject({
  /** Hex: 32 bytes for keys on secp256k1, the whole message for Ed25519. */
  bytes: hexText.min(2),
  /** Non-hardened BIP32 steps from the vault's public key; empty for that key itself. */
  path: z.array(z.int().min(0).max(0x7fffffff)).max(8),
  /** `taproot` where BIP341's tweak without a script tree follows. */
  tweak: z.enum(['none', 'taproot']),
});
export type SigningPart = z.infer<typeof signingPart>;

export const solanaDetails = z.strictObject({
  family: z.literal('solana'),
  nonceAccount: address,
  nonceValue: address,
});

export const bitcoinDetails = z.strictObject({
  family: z.literal('bitcoin'),
  version: z.int(),
  lockTime: z.int().min(0),
  /** BIP125: whether a transaction with a higher fee may take its place. */
  replaceable: z.boolean(),
  /** What it will weigh once signed, in virtual bytes. */
  virtualBytes: z.int().min(1),
  inputs: z
    .array(
      z.strictObject({
        /** Transaction id and place, as `txid:vout`. */
        outpoint: z.string().regex(/^[0-9a-f]{64}:\d{1,10}$/),
        address,
        amount,
        sequence: z.int().min(0),
      }),
    )
    .min(1),
  outputs: z
    .array(z.strictObject({ address, amount, role: z.enum(['recipient', 'change']) }))
    .min(1),
});

export const ethereumDetails = z.strictObject({
  family: z.literal('ethereum'),
  /** The account's transaction count: whole numbers as decimal text, amounts in wei. */
  nonce: amount,
  gasLimit: amount,
  maxFeePerGas: amount,
  maxPriorityFeePerGas: amount,
  /** What the transaction is addressed to: the recipient, or the token's contract. */
  target: address,
  /** Ether that goes along. */
  value: amount,
  /** Null where no call data goes along. */
  call: z
    .strictObject({
      /** Such as `transfer(address,uint256)`. */
      signature: z.string().min(3).max(200),
      arguments: z
        .array(
          z.strictObject({
            name: z.string().max(40),
            type: z.string().max(40),
            value: z.string().max(200),
          }),
        )
        .max(16),
    })
    .nullable(),
});

export const chainDetails = z.discriminatedUnion('family', [
  solanaDetails,
  bitcoinDetails,
  ethereumDetails,
]);
export type ChainDetails = z.infer<typeof chainDetails>;

export const decoded = z.strictObject({
  ...plainTransaction.shape,
  details: chainDetails,
  parts: z.array(signingPart).min(1).max(64),
});
export type Decoded = z.infer<typeof decoded>;

export const decodeRefusals = ['transaction-undecodable', 'transaction-not-a-transfer'] as const;
export type DecodeRefusal = (typeof decodeRefusals)[number];

/** Thrown by every decoder on what it does not fully understand. */
export class DecodeError extends Error {
  override name = 'DecodeError';
  readonly refusal: DecodeRefusal;
  /** Short code for logs and tests, such as `trailing-bytes`. */
  readonly detail: string;

  constructor(refusal: DecodeRefusal, detail: string) {
    super(`${refusal}: ${detail}`);
    this.refusal = refusal;
    this.detail = detail;
  }
}
