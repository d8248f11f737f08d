import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { EthereumRpcError, type RpcFault } from '#lib/chains/ethereum/client/rpc-error.ts';
import { readArrivals, type Arrival } from './unknown-arrivals.ts';

type Ask = Parameters<typeof readArrivals>[0]['unknownTokensIn'];
const refusal = (fault: RpcFault) => new EthereumRpcError(fault, 'eth_getLogs', 'too much');
const accountsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `account-${String(at).padStart(4, '0')}`);
const arrival = (token: string, block: bigint, account = 'account-0000'): Arrival => ({
  token,
  account,
  block,
});

function read(
  unknownTokensIn: Ask,
  span: { from: bigint; to: bigint },
  of: { accounts?: string[]; mayPassOver?: boolean; known?: string[] } = {},
) {
  const known = new Set(of.known);
  return readArrivals({ unknownTokensIn }, span, {
    query: { accounts: new Set(of.accounts ?? accountsOf(1)), tokens: [] },
    mayPassOver: of.mayPassOver ?? false,
    isKnown: (token) => known.has(token),
  });
}

describe('what unknown tokens say', () => {
  it('is read in fewer blocks where many say much, and none of it is passed over', async () => {
    const many: Ask = async ({ from, to }) =>
      Array.from({ length: Number(to - from + 1n) * 40 }, (_, at) => arrival(`t${at}`, from));
    const { found, to, isCut } = await read(many, { from: 1n, to: 200n });
    expect([to > 1n, isCut, found.length <= 500]).toEqual([true, false, true]);
  });

  it('of one block beyond our bound is passed over for the accounts that it is about, and for no others', async () => {
    const noisy: Ask = async ({ from }, { accounts }) => {
      if (accounts.has('account-0250')) throw refusal('rpc-answer-too-large');
      return [...accounts].slice(0, 1).map((account) => arrival('quiet', from, account));
    };
    const all = { accounts: accountsOf(500) };
    const { found, to, isCut } = await read(noisy, { from: 7n, to: 9n }, all);
    expect([to, isCut]).toEqual([7n, true]);
    expect(found.map(({ account }) => account)).toEqual(['account-0000', 'account-0400']);
  });

  it.each(['rpc-refused', 'rpc-bad-answer'] as const)(
    'of one block that a node only answers with %s is passed over when it was tried for long',
    async (fault) => {
      const never: Ask = () => Promise.reject(refusal(fault));
      await expect(read(never, { from: 7n, to: 9n })).rejects.toThrow('too much');
      const { to, isCut } = await read(never, { from: 7n, to: 9n }, { mayPassOver: true });
      expect([to, isCut]).toEqual([7n, true]);
    },
  );

  it('is never passed over because a node is away', async () => {
    const away: Ask = () => Promise.reject(refusal('rpc-unreachable'));
    await expect(read(away, { from: 7n, to: 9n }, { mayPassOver: true })).rejects.toThrow();
  });

  it('of one block with too many contracts is kept of those on record first', async () => {
    const flood: Ask = async ({ from }) =>
      Array.from({ length: 5_000 }, (_, at) => arrival(`t${at}`, from));
    const { found, isCut } = await read(flood, { from: 7n, to: 9n }, { known: ['t4998', 't4999'] });
    expect([found.length, isCut]).toEqual([500, true]);
    expect(found.slice(0, 2).map(({ token }) => token)).toEqual(['t4998', 't4999']);
  });

  it('goes on by at least a block, whatever blocks there are, and says when it left something out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 40 }),
        async (counts) => {
          const blocks: Ask = async ({ from, to }) =>
            counts
              .slice(Number(from), Number(to) + 1)
              .flatMap((count, at) =>
                Array.from({ length: count }, (_, one) => arrival(`t${one}`, from + BigInt(at))),
              );
          const got: Arrival[] = [];
          let cut = 0;
          for (let next = 0n; next < BigInt(counts.length);) {
            const part = await read(blocks, { from: next, to: BigInt(counts.length - 1) });
            expect(part.to >= next).toBe(true);
            got.push(...part.found);
            if (part.isCut) cut += 1;
            next = part.to + 1n;
          }
          expect(cut).toBe(counts.filter((count) => count > 500).length);
          expect(got).toHaveLength(counts.reduce((sum, count) => sum + Math.min(count, 500), 0));
        },
      ),
      { numRuns: 50 },
    );
  });
});
