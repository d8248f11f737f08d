import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findMixtures, type OwnersBooks } from './find-mixtures.ts';

const owners = [null, 'C-1', 'C-2', 'C-3'] as const;
const vaults = ['hot-1', 'cold-1'];
const assets = ['BTC', 'ETH'];
const accounts = vaults.flatMap((vault) =>
  owners.map((client) => ({
    address: `${vault} of ${client ?? 'the house'}`,
    branch: 'receive' as const,
    client,
    vault,
  })),
);

type Lies = { client: string | null; vault: string; asset: string; units: bigint };
const lies = fc.array(
  fc.record({
    client: fc.constantFrom(...owners),
    vault: fc.constantFrom(...vaults),
    asset: fc.constantFrom(...assets),
    units: fc.bigInt({ min: 1n, max: 10n ** 24n }),
  }),
  { maxLength: 20 },
);
/** How much of what lies at the custodian's accounts nobody has claimed, in hundredths. */
const part = fc.bigInt({ min: 0n, max: 100n });

/** Books in which everybody is owed exactly what lies at their accounts. */
function trueBooks(all: readonly Lies[], hundredths: bigint): OwnersBooks {
  const mine = all.filter(({ client }) => client === null);
  const unclaimed = mine.map((one) => ({ ...one, units: (one.units * hundredths) / 100n }));
  return {
    accounts,
    held: all,
    owed: [...all.filter(({ client }) => client !== null), ...unclaimed],
    own: mine.map((one, at) => ({ ...one, units: one.units - (unclaimed[at]?.units ?? 0n) })),
  };
}

it('nothing is found where everybody is owed what lies at their accounts, however it came there', () => {
  fc.assert(
    fc.property(lies, part, (all, hundredths) => {
      expect(findMixtures(trueBooks(all, hundredths))).toEqual([]);
    }),
  );
});

it('whatever the books give from one owner to another without moving it is found on both sides, to the unit', () => {
  const pair = fc
    .tuple(fc.constantFrom(...owners), fc.constantFrom(...owners))
    .filter(([from, to]) => from !== to);
  const moved = fc.record({
    pair,
    asset: fc.constantFrom(...assets),
    units: fc.bigInt({ min: 1n, max: 10n ** 24n }),
  });
  fc.assert(
    fc.property(lies, part, moved, (all, hundredths, { pair: [from, to], asset, units }) => {
      const books = trueBooks(all, hundredths);
      const turned = [
        { client: from, asset, units: -units },
        { client: to, asset, units },
      ];
      const found = findMixtures({
        ...books,
        owed: [...books.owed, ...turned.filter(({ client }) => client !== null)],
        own: [...books.own, ...turned.filter(({ client }) => client === null)],
      });
      const amount = { asset, units: units.toString() };
      const side = (client: string | null, ofHouse: string, ofClient: string) => ({
        kind: client === null ? ofHouse : ofClient,
        subject: asset,
        chain: null,
        about: client,
        amount,
      });
      expect(new Set(found)).toEqual(
        new Set([
          side(from, 'client-coins-at-own-address', 'others-coins-at-client-address'),
          side(to, 'own-coins-at-client-address', 'client-coins-elsewhere'),
        ]),
      );
    }),
  );
});

it('an account that holds less than nothing, and one without an address, are found by owner and vault', () => {
  const held = [
    { client: 'C-1', vault: 'hot-1', asset: 'BTC', units: -2n },
    { client: 'C-1', vault: 'cold-1', asset: 'BTC', units: 2n },
    { client: 'C-9', vault: 'hot-1', asset: 'BTC', units: 1n },
  ];
  const owed = [{ client: 'C-9', asset: 'BTC', units: 1n }];
  const found = findMixtures({ accounts, held, owed, own: [] });
  expect(found.map(({ kind, subject, about }) => [kind, subject, about])).toEqual([
    ['account-overdrawn', 'hot-1 of C-1', 'C-1 in hot-1'],
    ['no-account-on-record', 'BTC', 'C-9 in hot-1'],
  ]);
});
