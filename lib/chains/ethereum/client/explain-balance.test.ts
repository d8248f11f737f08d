import { expect, test } from 'vitest';
import { explainBalance } from './explain-balance.ts';
import type { Movement } from './movement.ts';

const ours = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const theirs = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const movement = (of: Partial<Movement>): Movement => ({
  hash: `0x${'11'.repeat(32)}`,
  token: null,
  from: theirs,
  to: ours,
  amount: 0n,
  fee: 0n,
  logIndex: null,
  ...of,
});

test('what came, what went and what gas cost explain a balance', () => {
  const movements = [
    movement({ amount: 100n }),
    movement({ from: ours, to: theirs, amount: 30n, fee: 5n }),
    movement({ token, amount: 999n, logIndex: 0n }),
  ];
  const ether = { account: ours, token: null, before: 10n, after: 75n };
  expect(explainBalance(ether, movements)).toEqual({ ok: true });
  expect(explainBalance({ account: ours, token, before: 1n, after: 1_000n }, movements)).toEqual({
    ok: true,
  });
});

test('ether that a contract sent on is a hold with its amount, not a booking', () => {
  const ether = { account: ours, token: null, before: 10n, after: 25n };
  expect(explainBalance(ether, [])).toEqual({
    ok: false,
    hold: 'unexplained-balance',
    difference: 15n,
  });
});

test('what is missing is a hold too', () => {
  const ether = { account: ours, token: null, before: 10n, after: 3n };
  expect(explainBalance(ether, [])).toMatchObject({ difference: -7n });
});

test('a transfer to oneself costs its fee alone', () => {
  const own = movement({ from: ours, to: ours, amount: 5n, fee: 2n });
  expect(explainBalance({ account: ours, token: null, before: 9n, after: 7n }, [own])).toEqual({
    ok: true,
  });
});
