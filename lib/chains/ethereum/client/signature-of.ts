/** The signature on a transaction that a node knows, by the transaction's hash. */
import { numberToBytesBE } from '@noble/curves/utils.js';
import { z } from 'zod';
import { hash32, quantity } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { badAnswer } from './rpc-error.ts';

/** Some nodes write these with zeros in front, though they are numbers by the specification. */
const scalar = z
  .string()
  .regex(/^0x[0-9a-f]{1,64}$/)
  .transform(BigInt);

/** Of the kind that vaults send (EIP-1559), whose `v` is the parity; older nodes give nothing beside it. */
const signedAnswer = z
  .object({
    hash: hash32,
    type: z.string().max(10),
    r: scalar,
    s: scalar,
    v: quantity,
  })
  .nullable();

const DYNAMIC_FEE = '0x2';

/**
 * @returns 65 bytes (r, s, parity) that are a claim of the node until whoever asked has checked them; null for a
 * transaction of another kind, or one that the node does not know.
 * @throws EthereumRpcError
 */
export async function signatureOf(
  connection: RpcConnection,
  hash: string,
): Promise<Uint8Array | null> {
  const method = 'eth_getTransactionByHash';
  const found = await ask(connection, method, [hash], signedAnswer);
  if (!found) return null;
  if (found.hash !== hash) throw badAnswer(method, 'another transaction');
  const { type, r, s, v } = found;
  if (type !== DYNAMIC_FEE || v > 1n) return null;
  return Uint8Array.of(...numberToBytesBE(r, 32), ...numberToBytesBE(s, 32), Number(v));
}
