import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitcoinNodeError } from '#lib/chains/bitcoin/client/node-error.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { askChain, type NodeDoor } from './chain-status.ts';

/** A node with blocks 0 to `top`, whose hashes name their chain from `forkAt` on. */
const node = (top: bigint, chain = 'a', forkAt = 0n): NodeDoor => {
  const hash = (height: bigint): string => `${height < forkAt ? 'common' : chain}-${height}`;
  return {
    newest: async () => ({ height: top, hash: hash(top) }),
    hashAt: async (height) => (height > top ? null : hash(height)),
  };
};
const failing = (error: Error): NodeDoor => ({
  newest: () => Promise.reject(error),
  hashAt: () => Promise.reject(error),
});
const away = failing(new EthereumRpcError('rpc-unreachable', 'eth_blockNumber', 'no connection'));
const strange = failing(new BitcoinNodeError('node-other-chain', 'getblockhash', 'another chain'));
const locked = failing(new BitcoinNodeError('node-unauthorised', 'getblockhash', 'no name'));

const verdictOf = async (...doors: NodeDoor[]) => (await askChain(doors, 2)).verdict;

describe('the nodes of a chain', () => {
  it('agree where the one ahead has the newest block of the other, and only so far ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(0n, 1000n),
        fc.bigInt(0n, 5n),
        fc.boolean(),
        async (top, lag, isSecondAhead) => {
          const pair = [node(top), node(top + lag)];
          const doors = isSecondAhead ? pair : pair.toReversed();
          expect(await verdictOf(...doors)).toBe(lag <= 2n ? 'ok' : 'behind');
        },
      ),
    );
  });

  it('differ from the block on at which one of them left the chain', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(1n, 1000n),
        fc.bigInt(0n, 2n),
        fc.bigInt(-5n, 5n),
        async (top, lag, offset) => {
          const forkAt = top + offset < 0n ? 0n : top + offset;
          const doors = [node(top, 'a', forkAt), node(top + lag, 'b', forkAt)];
          expect(await verdictOf(...doors)).toBe(forkAt > top ? 'ok' : 'differ');
        },
      ),
    );
  });

  it('are told apart by who is away, of another chain, or asks for a name', async () => {
    expect(await verdictOf(node(5n))).toBe('ok');
    expect(await verdictOf(away)).toBe('unreachable');
    expect(await verdictOf(away, away)).toBe('unreachable');
    expect(await verdictOf(node(5n), away)).toBe('one-away');
    expect(await verdictOf(node(5n), strange)).toBe('other-chain');
    expect(await verdictOf(locked)).toBe('no-access');
    expect(await verdictOf(locked, away)).toBe('unreachable');
    expect(await askChain([node(5n), away], 2)).toMatchObject({
      nodes: [
        { answers: true, newest: '5' },
        { answers: false, why: 'rpc-unreachable' },
      ],
    });
  });

  it('that can’t be compared are no agreement', async () => {
    const ahead = { ...node(6n), hashAt: (height: bigint) => away.hashAt(height) };
    expect(await verdictOf(node(5n), ahead)).toBe('one-away');
  });

  it('are not blamed for a fault of ours', async () => {
    await expect(verdictOf(failing(new TypeError('ours')))).rejects.toThrow('ours');
  });
});
