/** Shapes of the answers the client relies on (Ethereum JSON-RPC specification, execution-apis). */
import { z } from 'zod';
import { toChecksum } from '../address.ts';

/** A number: hex without zeros in front, at most 256 bits. */
export const quantity = z
  .string()
  .regex(/^0x(?:0|[1-9a-f][0-9a-f]{0,63})$/)
  .transform(BigInt);

export const hash32 = z.string().regex(/^0x[0-9a-f]{64}$/);

/** 32 bytes as a number. */
export const word = hash32.transform(BigInt);

/** Nodes spell addresses in either case; here they carry their checksum. */
export const nodeAddress = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform(toChecksum);

export const bytesText = z
  .string()
  .max(2_000_000)
  .regex(/^0x(?:[0-9a-f]{2})*$/);

/** Which block a question is about. A hash holds over a reorganisation, a number does not. */
export type BlockPlace = 'latest' | 'pending' | 'safe' | 'finalized' | bigint;

const header = {
  number: quantity,
  hash: hash32,
  parentHash: hash32,
  timestamp: quantity,
  baseFeePerGas: quantity,
};

/** `eth_getBlockBy…` without transactions; null for a block the node does not have. */
export const blockAnswer = z.object(header).nullable();

export const transactionAnswer = z
  .object({
    hash: hash32,
    blockHash: hash32.nullable(),
    from: nodeAddress,
    /** Null where a contract is created. */
    to: nodeAddress.nullable(),
    nonce: quantity,
    value: quantity,
  })
  .nullable();

/** More than a block of ten times today's size can hold. */
const TRANSACTIONS_MAX = 50_000;

export const fullBlockAnswer = z
  .object({ ...header, transactions: z.array(transactionAnswer.unwrap()).max(TRANSACTIONS_MAX) })
  .nullable();

export const receiptAnswer = z
  .object({
    transactionHash: hash32,
    blockHash: hash32,
    blockNumber: quantity,
    from: nodeAddress,
    status: z.enum(['0x0', '0x1']),
    gasUsed: quantity,
    effectiveGasPrice: quantity,
  })
  .nullable();

export const logsAnswer = z
  .array(
    z.object({
      address: nodeAddress,
      topics: z.array(hash32).max(4),
      data: bytesText,
      blockNumber: quantity,
      blockHash: hash32,
      transactionHash: hash32,
      logIndex: quantity,
      removed: z.boolean().optional(),
    }),
  )
  .max(20_000);

export const feeHistoryAnswer = z.object({
  baseFeePerGas: z.array(quantity).min(2).max(200),
  reward: z.array(z.array(quantity).length(1)).max(200).nullish(),
});

export const toQuantity = (value: bigint): string => `0x${value.toString(16)}`;

export const toBlockParameter = (place: BlockPlace): string =>
  typeof place === 'bigint' ? toQuantity(place) : place;
