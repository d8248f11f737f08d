/**
 * Which contracts outside our data said that something of theirs came to accounts of ours, in as many blocks as can be
 * read. Anybody can have contracts say so as often as a block has room for: then fewer blocks are asked for, and of one
 * block that is too much all the same a part is passed over, so that noise stops nothing for good.
 */
import { EndpointsDiffer } from '#lib/chains/endpoints-differ.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';

type Query = Parameters<EthereumClient['unknownTokensIn']>[1];
export type Arrival = Awaited<ReturnType<EthereumClient['unknownTokensIn']>>[number];

/** Arrivals that are written down of one span: each is a row, and a balance to ask for. */
const arrivalsMax = 500;
/** Accounts of one block that are passed over together. */
const accountsAtOnce = 200;

export type ArrivalsRead = {
  found: Arrival[];
  /** The last block that was read. */
  to: bigint;
  /** Whether something of it was passed over: then it is the only one. */
  isCut: boolean;
};

/**
 * @param of.mayPassOver whether a block that a node gives no answer for has been tried for long enough. What is past our
 *   own bound is passed over at once.
 * @param of.isKnown whether a contract is on record already: those come first.
 * @throws EthereumRpcError, EndpointsDiffer
 */
export async function readArrivals(
  node: Pick<EthereumClient, 'unknownTokensIn'>,
  { from, to }: { from: bigint; to: bigint },
  of: { query: Query; mayPassOver: boolean; isKnown: (token: string) => boolean },
): Promise<ArrivalsRead> {
  const { query } = of;
  for (let last = to; last > from; last = from + (last - from) / 2n) {
    try {
      const found = await node.unknownTokensIn({ from, to: last }, query);
      if (found.length <= arrivalsMax) return { found, to: last, isCut: false };
    } catch (error) {
      if (!mayBeTooMuch(error)) throw error;
    }
  }
  const read = await readBlock(node, from, of);
  const known = read.found.filter(({ token }) => of.isKnown(token));
  const others = read.found.filter(({ token }) => !of.isKnown(token));
  return {
    found: [...known, ...others].slice(0, arrivalsMax),
    to: from,
    isCut: read.isCut || read.found.length > arrivalsMax,
  };
}

/** One block, some accounts at a time. */
async function readBlock(
  node: Pick<EthereumClient, 'unknownTokensIn'>,
  block: bigint,
  { query, mayPassOver }: { query: Query; mayPassOver: boolean },
): Promise<{ found: Arrival[]; isCut: boolean }> {
  const ours = [...query.accounts];
  const found: Arrival[] = [];
  let isCut = false;
  for (let start = 0; start < ours.length; start += accountsAtOnce) {
    const accounts = new Set(ours.slice(start, start + accountsAtOnce));
    try {
      found.push(
        ...(await node.unknownTokensIn({ from: block, to: block }, { ...query, accounts })),
      );
    } catch (error) {
      const isPast = isPastOurBound(error) || (mayPassOver && mayBeTooMuch(error));
      if (!isPast) throw error;
      isCut = true;
    }
  }
  return { found, isCut };
}

const isPastOurBound = (error: unknown): boolean =>
  error instanceof EthereumRpcError && error.fault === 'rpc-answer-too-large';

/** As our own bounds, a provider's, and two nodes of which one has such a bound say it. */
export const mayBeTooMuch = (error: unknown): boolean =>
  error instanceof EndpointsDiffer ||
  (error instanceof EthereumRpcError &&
    ['rpc-answer-too-large', 'rpc-bad-answer', 'rpc-refused'].includes(error.fault));
