/** A small statement that is right in every way, for tests to bend. */
import { parseStatement, type StatementFormat } from '../read-statement.ts';
import type { StatementRefusal } from '../refusal.ts';
import type { StatementEntry } from '../statement.ts';
import type { Rendered } from '#lib/sandbox/banks/render-statement.ts';

export const sampleIban = 'AT119990000001234501';
export const otherIban = 'DE28999000000012345678';

export const sampleEntry = (
  changes: Partial<StatementEntry> = {},
): Omit<StatementEntry, 'line'> => ({
  amount: 25_000n,
  bookingDate: '2026-11-26',
  valueDate: '2026-11-26',
  reference: 'BANKREF-0001',
  endToEnd: 'E2E-1',
  remittance: 'Deposit C-20418',
  counterparty: otherIban,
  isReversal: false,
  payments: 1,
  ...changes,
});

/** Opens with 1,000.00 and closes with what its entries make of it. */
export function sampleStatement(changes: Partial<Rendered> = {}): Rendered {
  const entries = changes.entries ?? [
    sampleEntry(),
    sampleEntry({
      amount: -1_050n,
      reference: 'BANKREF-0002',
      remittance: 'Fees & charges <November>',
      endToEnd: null,
    }),
  ];
  const opening = changes.opening ?? 100_000n;
  return {
    iban: sampleIban,
    currency: 'EUR',
    id: 'STMT-2026-231',
    sequence: 231,
    from: '2026-11-26',
    to: '2026-11-27',
    closing: entries.reduce((sum, { amount }) => sum + amount, opening),
    ...changes,
    opening,
    entries,
  };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The refusal of a file that must not be taken. */
export function refusalOf(
  file: string | Uint8Array,
  format: StatementFormat = 'camt.053',
): StatementRefusal {
  const result = parseStatement(typeof file === 'string' ? bytesOf(file) : file, format);
  if (result.ok) throw new Error('The file was taken.');
  return result.refusal;
}
