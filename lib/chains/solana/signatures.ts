/** Ids of the transactions that touch an address, page by page. */
import { address, signature } from '@solana/kit';
import type { z } from 'zod';
import { ask, type RpcConnection } from './rpc-call.ts';
import { signaturesAnswer } from './rpc-answers.ts';

/** A page of this size stays well below the largest answer that is read. */
export const PAGE_SIZE = 500;

export type SignatureEntry = z.infer<typeof signaturesAnswer>[number];

export type SignatureQuery = {
  commitment: 'confirmed' | 'finalized';
  /** Only those newer than this id; null for all. */
  until: string | null;
  /** Only those older than this id; null from the newest on. */
  before: string | null;
};

/** Newest first, at most PAGE_SIZE. @throws SolanaRpcError */
export function getSignatures(
  connection: RpcConnection,
  account: string,
  query: SignatureQuery,
): Promise<SignatureEntry[]> {
  return ask(
    connection,
    'getSignaturesForAddress',
    (rpc) =>
      rpc.getSignaturesForAddress(address(account), {
        commitment: query.commitment,
        limit: PAGE_SIZE,
        ...(query.until === null ? {} : { until: signature(query.until) }),
        ...(query.before === null ? {} : { before: signature(query.before) }),
      }),
    signaturesAnswer,
  );
}
