/** Shapes of the answers the client relies on, after @solana/kit has read them. */
import { z } from 'zod';
import { isSolanaAddress, isTransactionId } from './address.ts';
import { transactionError } from './transaction-error.ts';

const U64_MAX = 2n ** 64n - 1n;
export const u64 = z.bigint().min(0n).max(U64_MAX);
const small = z.union([z.number().int().min(0), u64.transform(Number)]);
const solanaAddress = z.string().refine(isSolanaAddress, 'must be an address');
/** Blockhashes and nonce values are written as addresses are: 32 bytes in base58. */
export const hash32 = z.string().refine(isSolanaAddress, 'must be 32 bytes in base58');
export const transactionIdText = z.string().refine(isTransactionId, 'must be a transaction id');

export const commitmentLevel = z.enum(['processed', 'confirmed', 'finalized']);
/** How sure the chain is: seen, voted for by two thirds, or never to be undone. */
export type Commitment = z.infer<typeof commitmentLevel>;

const base64 = z
  .string()
  .max(20_000_000)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const withContext = <T extends z.ZodType>(value: T) =>
  z.object({ context: z.object({ slot: u64 }), value });

export const balanceAnswer = withContext(u64);

export const accountAnswer = withContext(
  z
    .object({ data: z.tuple([base64, z.literal('base64')]), lamports: u64, owner: solanaAddress })
    .nullable(),
);

export const latestBlockhashAnswer = withContext(
  z.object({ blockhash: hash32, lastValidBlockHeight: u64 }),
);

export const statusesAnswer = withContext(
  z
    .array(
      z
        .object({
          slot: u64,
          err: transactionError.nullable(),
          confirmationStatus: commitmentLevel.nullable(),
        })
        .nullable(),
    )
    .length(1),
);

export const simulationAnswer = withContext(
  z.object({
    err: transactionError.nullable(),
    logs: z.array(z.string().max(20_000)).max(2000).nullable(),
    unitsConsumed: u64.optional(),
  }),
);

export const signaturesAnswer = z
  .array(z.object({ signature: transactionIdText, slot: u64, err: transactionError.nullable() }))
  .max(1000);

const instruction = z.object({
  programIdIndex: small,
  accounts: z.array(small).max(256),
  data: z.string().max(20_000),
});

/** `getTransaction` with encoding `json`. */
export const transactionAnswer = z
  .object({
    slot: u64,
    meta: z.object({
      err: transactionError.nullable(),
      preBalances: z.array(u64).max(256),
      postBalances: z.array(u64).max(256),
      loadedAddresses: z
        .object({
          writable: z.array(solanaAddress).max(256),
          readonly: z.array(solanaAddress).max(256),
        })
        .nullish(),
    }),
    transaction: z.object({
      signatures: z.array(transactionIdText).min(1).max(64),
      message: z.object({
        accountKeys: z.array(solanaAddress).min(1).max(256),
        recentBlockhash: hash32,
        instructions: z.array(instruction).max(256),
      }),
    }),
  })
  .nullable();
export type TransactionAnswer = z.infer<typeof transactionAnswer>;
