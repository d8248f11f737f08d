import { expect, it } from 'vitest';
import { entryText } from './hledger.ts';

it('a journal for hledger names its accounts, exact amounts and what each account stands at', () => {
  const text = entryText(
    {
      id: 12n,
      kind: 'withdrawal',
      operation: '026a2643-6de9-4ec3-91c4-d4a73bc043be',
      corrects: null,
      day: '2026-11-27',
      lines: [
        { account: 'client/C-1001/SOL', asset: 'SOL', amount: 1_234_000_000_005n, balance: -1n },
        { account: 'vault/warm-1/SOL', asset: 'SOL', amount: -1_234_000_000_005n, balance: 0n },
      ],
    },
    (units) => `${units} units of`,
  );
  expect(text).toBe(`2026-11-27 * (12) withdrawal  ; operation: 026a2643-6de9-4ec3-91c4-d4a73bc043be
    client:C-1001:SOL  1234000000005 units of "SOL" = -1 units of "SOL"
    vault:warm-1:SOL  -1234000000005 units of "SOL" = 0 units of "SOL"

`);
});
