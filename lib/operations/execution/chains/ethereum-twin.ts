/**
 * The same transfer under another signature. Parties that sign the same bytes twice (one of them lost its answer, and
 * was asked again) make two transactions with two hashes. Whichever comes to the chain, it is the operation's.
 */
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import { EthereumSignatureError } from '#lib/chains/ethereum/signature.ts';
import { DecodeError } from '#lib/chains/decoded.ts';
import { livePhases } from '../../transaction-phases.ts';
import type { WorkerContext } from '../worker-context.ts';

/** Transfers of one account that are on their way at once; it sends one at a time. */
const candidatesMax = 100;

/**
 * @param of.by hash of a transaction that the chain has.
 * @param of.account whose it is, EIP-55.
 * @returns the signed bytes of what is `message` under another signature; null where it is anything else.
 */
export async function signedTwin(
  node: EthereumClient,
  { by, message, account }: { by: string; message: Uint8Array; account: string },
): Promise<Uint8Array | null> {
  const signature = await node.signatureOf(by);
  return signature && twinOf({ by, message, account, signature });
}

function twinOf(of: {
  by: string;
  message: Uint8Array;
  account: string;
  signature: Uint8Array;
}): Uint8Array | null {
  try {
    const { raw, hash } = assemble(of.message, of.signature, of.account);
    return hash === of.by ? raw : null;
  } catch (error) {
    // It signs other bytes, or is not the account's; or those on record were changed, and nobody signs such.
    if (error instanceof EthereumSignatureError || error instanceof DecodeError) return null;
    throw error;
  }
}

/** An operation, as far as it says what its transaction was for. */
type TwinOf = { kind: string; intent: string };

/**
 * The operation that a transaction of an account, not on record itself, belongs to because the parties signed its bytes
 * twice; null where it is anything else.
 */
export async function findTwinOf(
  { by, account, chain }: { by: string; account: string; chain: string },
  { db, ethereum: node }: Pick<WorkerContext, 'db' | 'ethereum'>,
): Promise<TwinOf | null> {
  if (!node) return null;
  const own = await db.chainTransaction.findMany({
    where: {
      chain,
      conflictKey: { startsWith: `${chain}:nonce:${account}:` },
      phase: { in: [...livePhases] },
    },
    orderBy: { createdAt: 'desc' },
    select: { message: true, operation: { select: { kind: true, intent: true } } },
    take: candidatesMax,
  });
  if (own.length === 0) return null;
  const signature = await node.signatureOf(by);
  if (!signature) return null;
  const found = own.find(({ message }) => twinOf({ by, message, account, signature }) !== null);
  return found?.operation ?? null;
}
