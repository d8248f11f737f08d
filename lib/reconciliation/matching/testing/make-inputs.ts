import type { RunInputs } from '../inputs.ts';
import { sumOf, type Item } from '../item.ts';
import { rulesOf } from '../rules.ts';

export const startOfTest = '2026-11-28T00:00:00.000Z';

export const itemOf = (ref: string, amount: bigint, more: Partial<Item> = {}): Item => ({
  ref,
  transaction: null,
  reference: null,
  amount: amount.toString(),
  at: '2026-11-20T12:00:00.000Z',
  corrects: null,
  position: null,
  underWay: false,
  ...more,
});

/** Inputs of a run whose sides were even before their items. */
export function inputsOf(
  kind: RunInputs['kind'],
  ledger: readonly Item[],
  outside: readonly Item[],
  rest = 0n,
): RunInputs {
  const side = (items: readonly Item[], before: bigint) => ({
    source: 'test',
    position: '1',
    balance: (before + sumOf(items)).toString(),
    items,
    parts: [],
  });
  return {
    type: 'countersign/reconciliation-inputs/v1',
    kind,
    asset: 'SOL',
    place: 'warm-1',
    at: startOfTest,
    graceSeconds: 600,
    rules: rulesOf(kind),
    ledger: side(ledger, 1_000n),
    outside: side(outside, 1_000n + rest),
  };
}
