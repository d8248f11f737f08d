import { describe, expect, it } from 'vitest';
import { attributeEntry, type EntryFacts } from './attribute-entry.ts';

const entry: EntryFacts = {
  position: 1,
  amount: 25_000n,
  remittance: 'Deposit for C-20418, thank you',
  isReversal: false,
  payments: 1,
};
const known = new Set(['C-20418', 'C-1234']);
const causeOf = (changes: Partial<EntryFacts>): string =>
  attributeEntry({ ...entry, ...changes }, (client) => known.has(client)).cause;

describe('money that came in', () => {
  it('is the client’s whose number is named once or often, and nobody else’s', () => {
    for (const remittance of [
      entry.remittance,
      'C-20418',
      '(C-20418) again C-20418.',
      'ref/C-20418/1',
    ])
      expect(attributeEntry({ ...entry, remittance }, (client) => known.has(client))).toEqual({
        cause: 'client',
        client: 'C-20418',
      });
  });

  it.each<[string, Partial<EntryFacts>, string]>([
    ['names nobody', { remittance: 'Invoice 20418' }, 'no-client-named'],
    ['names nobody with an empty text', { remittance: '' }, 'no-client-named'],
    [
      'names a client within a longer word',
      { remittance: 'ABC-20418 C-20418-1 C-20418x' },
      'no-client-named',
    ],
    ['writes the number with a small letter', { remittance: 'c-20418' }, 'no-client-named'],
    ['names two clients', { remittance: 'C-20418 and C-1234' }, 'several-clients-named'],
    [
      'names a client and somebody unknown',
      { remittance: 'C-20418 C-99999' },
      'several-clients-named',
    ],
    ['names a client that there is not', { remittance: 'C-99999' }, 'client-unknown'],
    ['is several payments at once', { payments: 2 }, 'several-payments'],
    ['takes back what went out', { isReversal: true }, 'reversal'],
    ['went out', { amount: -1n }, 'went-out'],
    ['was there before', { position: 0 }, 'brought-forward'],
  ])('waits in suspense when it %s', (_, changes, cause) => {
    expect(causeOf(changes)).toBe(cause);
  });
});
