import { expect, it } from 'vitest';
import { proofsState, provedWords, snapshotState } from './proof-words.ts';

const signature = { text: '', verifies: true, operation: '', number: '' };

it('the state of a snapshot says by whom all is there, what signatures show of it, and which vault has none', () => {
  const sol = { asset: 'SOL', cover: 'equal' as const, inVaults: '6,600.75', proved: '1,800.75' };
  const eur = { asset: 'EUR', cover: 'equal' as const, inVaults: null, proved: null };
  expect(
    snapshotState({
      coverage: [eur, sol],
      reserves: [
        { name: 'Warm 1', signature },
        { name: 'Cold 1', signature: null },
      ],
      empty: [{ name: 'Hot 1' }],
    }),
  ).toBe(
    'By the books all that was owed was there. In vaults, 1,800.75 of 6,600.75 SOL proved by signature. Signed by the keys of 1 of 2 vaults that ever held anything; not yet by Cold 1. Hot 1 held nothing, so there is nothing to prove.',
  );
  expect(
    snapshotState({
      coverage: [{ ...sol, cover: 'short', proved: '0.00' }],
      reserves: [{ name: 'Warm 1', signature: { ...signature, verifies: false } }],
      empty: [],
    }),
  ).toBe(
    'By the books less was there than was owed. In vaults, 0.00 of 6,600.75 SOL proved by signature. Signed by the keys of 0 of 1 vault that ever held anything; not yet by Warm 1.',
  );
});

it('the state of the newest snapshot says that the books are what it goes by', () => {
  const unproved = [{ vault: 'cold-1', name: 'Cold 1' }];
  const newest = { id: 'a', closedAt: '', coverage: [], proved: 1, vaults: 2, unproved };
  expect(proofsState(newest, null)).toBe(
    'By the newest snapshot all that is owed is there, by the books. Signed by the keys of 1 of 2 vaults that ever held anything; not yet by Cold 1.',
  );
  expect(proofsState({ ...newest, proved: 0, vaults: 0, unproved: [] }, null)).toMatch(
    /No vault held anything\.$/,
  );
});

it('the list names the vaults whose key has not signed, two of them, and counts the rest', () => {
  const vaults = ['cold-1', 'cold-2', 'cold-3'].map((vault) => ({ vault, name: vault }));
  expect(provedWords({ proved: 1, vaults: 4, unproved: vaults })).toEqual({
    proved: '1 of 4 vaults proved',
    missing: vaults.slice(0, 2),
    more: '1 more',
  });
  expect(provedWords({ proved: 1, vaults: 1, unproved: [] })).toEqual({
    proved: '1 of 1 vault proved',
    missing: [],
    more: null,
  });
});
