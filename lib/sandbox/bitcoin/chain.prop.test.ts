import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openLocalChain, pay, type LocalChain } from './testing/local-chain.ts';
import { findOutput, signPayment, testKey, type TestCoin } from './testing/signed.ts';
import { outpointOf, readTxHex } from './wire.ts';

const key = testKey(new Uint8Array(32).fill(8));
const BTC = 100_000_000n;

type Step =
  | { kind: 'deposit' }
  | { kind: 'spend'; which: number; fee: number }
  | { kind: 'mine'; count: number }
  | { kind: 'reorganize'; depth: number; reverse: boolean }
  | { kind: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'deposit' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('spend' as const),
      which: fc.nat({ max: 20 }),
      fee: fc.integer({ min: 50, max: 9_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('mine' as const),
      count: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reorganize' as const),
      depth: fc.integer({ min: 1, max: 4 }),
      reverse: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

/** Everything there is to see of a chain. */
const look = ({ chain }: LocalChain) => ({
  hashes: Array.from(
    { length: chain.branch.height + 1 },
    (_, height) => chain.branch.at(height).hash,
  ),
  waiting: chain.mempool.all().map(({ tx, fee }) => [tx.hex, fee]),
});

/** Whatever once was a coin of the key; some of it is spent, replaced or reorganized away. */
function act(local: LocalChain, coins: TestCoin[], one: Step): void {
  const { chain } = local;
  const remember = (hex: string): void => {
    const { txid, outputs } = readTxHex(hex);
    const vout = findOutput(hex, key.segwit.script);
    coins.push({ txid, vout, value: outputs[vout]?.value ?? 0n, kind: 'segwit' });
  };
  if (one.kind === 'deposit') remember(pay(chain, key.segwit.address, BTC).hex);
  if (one.kind === 'mine') chain.mine(one.count);
  if (one.kind === 'reopen') local.reopen();
  if (one.kind === 'reorganize' && chain.branch.height - 10 >= one.depth)
    chain.reorganize(one.depth, one.reverse);
  const coin = one.kind === 'spend' ? coins[one.which % Math.max(1, coins.length)] : undefined;
  if (one.kind !== 'spend' || !coin) return;
  const to = [{ address: key.segwit.address, value: coin.value - BigInt(one.fee) }];
  const hex = signPayment(key, { coins: [coin], to });
  if (local.send(hex) === 'taken') remember(hex);
}

/** What must hold at any time: nothing is spent twice, and everything that waits could be mined. */
function findFault({ chain }: LocalChain): string | null {
  const spent = new Set<string>();
  const made = new Set<string>();
  const all = Array.from({ length: chain.branch.height }, (_, at) => chain.branch.at(at + 1))
    .flatMap(({ transactions }) => [...transactions])
    .concat(chain.mempool.all().map(({ tx }) => tx));
  for (const tx of all) {
    for (const input of tx.inputs) {
      if (/^0{64}$/.test(input.txid)) continue;
      if (spent.has(outpointOf(input))) return `${outpointOf(input)} is spent twice`;
      if (!made.has(outpointOf(input))) return `${outpointOf(input)} is spent before it is there`;
      spent.add(outpointOf(input));
    }
    for (const vout of tx.outputs.keys()) made.add(outpointOf({ txid: tx.txid, vout }));
  }
  return null;
}

it('over any past, nothing is spent twice, and the chain comes back from its file as it was', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
      const local = openLocalChain();
      try {
        const coins: TestCoin[] = [];
        for (const one of steps) {
          act(local, coins, one);
          const fault = findFault(local);
          if (fault !== null) throw new Error(fault);
        }
        const before = look(local);
        local.reopen();
        expect(look(local)).toEqual(before);
        local.chain.mine(1);
        expect(local.chain.mempool.size).toBe(0);
      } finally {
        local.remove();
      }
    }),
    { numRuns: 10 },
  );
});
