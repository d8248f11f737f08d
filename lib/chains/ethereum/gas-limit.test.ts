import { expect, test } from 'vitest';
import { chooseGasLimit } from './gas-limit.ts';

test('ether to a plain account gets exactly what it costs', () => {
  expect(chooseGasLimit(21_000n, 'ether')).toEqual({ ok: true, gasLimit: 21_000n });
});

test('a contract gets a fifth more, up to the bound of a transfer', () => {
  expect(chooseGasLimit(27_000n, 'ether')).toEqual({ ok: true, gasLimit: 32_400n });
  expect(chooseGasLimit(50_000n, 'token')).toEqual({ ok: true, gasLimit: 60_000n });
  expect(chooseGasLimit(149_000n, 'token')).toEqual({ ok: true, gasLimit: 150_000n });
});

test('what needs more than a transfer may is refused by name', () => {
  const refused = { ok: false, refusal: 'gas-above-bound' };
  expect(chooseGasLimit(100_001n, 'ether')).toEqual(refused);
  expect(chooseGasLimit(150_001n, 'token')).toEqual(refused);
});

test("a node's absurdly small estimate still gives a limit that the chain takes", () => {
  expect(chooseGasLimit(1n, 'token')).toEqual({ ok: true, gasLimit: 21_000n });
});
