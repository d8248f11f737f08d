/** Bounds of what an operation may ask for: refused on one side, accepted on the other. */
import type { PartyRefusal } from '../../refusals.ts';
import { everyKind, FROZEN_BY, statementsFor } from '../every-kind.ts';
import {
  at,
  destinationListing,
  inputFor,
  keyCeremony,
  NOW,
  personIdOf,
  policy,
  roster,
  withdrawal,
  type Name,
} from '../sample.ts';
import { on, onWithdrawal, type Case } from './case.ts';
import { asked, destined, key, listed, listing, moving, spent, under } from './operation-case.ts';

/** A release that some people did not state. */
const releasedWithout = (...silent: Name[]): Case => {
  const ids = new Set(silent.map(personIdOf));
  const statements = statementsFor(everyKind.release).filter(
    ({ statement }) => !ids.has(statement.person),
  );
  return on(everyKind.release, { statements });
};

/** Both sides of a bound: refused on the one, accepted on the other. */
export const boundaryCases: readonly (readonly [string, PartyRefusal | null, Case])[] = [
  ['the end of the intent, a millisecond before', null, asked(withdrawal, { notAfter: at(0.001) })],
  ['a proof of control of the own vault', null, asked(everyKind['proof-of-control'], {})],
  [
    'a proof of control while the vault is frozen',
    'vault-frozen',
    on(everyKind['proof-of-control'], ({ party }) => ({
      party: {
        ...party,
        freezes: [{ operation: FROZEN_BY, scope: { what: 'vault', vault: 'warm-1' } }],
      },
    })),
  ],
  [
    'a proof of control of a vault that is not held',
    'vault-unknown',
    asked(everyKind['proof-of-control'], { vault: 'warm-9' }),
  ],
  [
    'a proof of control that comes with a transaction',
    'transaction-unexpected',
    on(everyKind['proof-of-control'], { transaction: inputFor(withdrawal).transaction }),
  ],
  ['the last unit of the cap', null, asked(withdrawal, { amount: '500000000000' })],
  [
    'the cap a day is reached',
    null,
    under(
      { caps: [{ asset: 'SOL', perOperation: '500000000000', perDay: '1250000001' }] },
      spent('asset', '1'),
    ),
  ],
  [
    'the cap a day is passed by one',
    'cap-exceeded',
    under(
      { caps: [{ asset: 'SOL', perOperation: '500000000000', perDay: '1250000001' }] },
      spent('asset', '2'),
    ),
  ],
  [
    'what left in a day is not known',
    'cap-exceeded',
    under({ caps: [{ asset: 'SOL', perOperation: '500000000000', perDay: '1250000001' }] }),
  ],
  [
    'what left in another window says nothing',
    'cap-exceeded',
    under(
      { caps: [{ asset: 'SOL', perOperation: '500000000000', perDay: '1250000001' }] },
      spent('asset', '0', 23),
    ),
  ],
  [
    'no cap for the asset',
    'cap-exceeded',
    under({ caps: [{ asset: 'USDC', perOperation: '500000000000' }] }),
  ],
  [
    'the cool-down is over to the millisecond',
    null,
    on(withdrawal, ({ party }) => ({
      policy: { ...policy, book: { coolDownSeconds: 864_000 } },
      party: { ...party, destinations: [{ ...listed, listedAt: at(-864_000) }] },
    })),
  ],
  [
    'a listing in the future cools down without end',
    'destination-cooling-down',
    destined({ listedAt: at(1) }),
  ],
  ['a millisecond before the certification ends', null, destined({ expiresAt: at(0.001) })],
  [
    'the longest certification',
    null,
    on(destinationListing, { policy: { ...policy, book: { validitySeconds: 31_536_000 } } }),
  ],
  ['a certification that has ended', 'destination-expired', listing({ expiresAt: NOW })],
  [
    'the first payment as large as its cap',
    null,
    under(
      { book: { firstUseCaps: [{ asset: 'SOL', amount: '1250000000' }] } },
      { destinations: [{ ...listed, used: false }], ...spent('destination', '0') },
    ),
  ],
  [
    'several first payments on their way at once',
    'first-use-cap-exceeded',
    under(
      { book: { firstUseCaps: [{ asset: 'SOL', amount: '1250000000' }] } },
      { destinations: [{ ...listed, used: false }], ...spent('destination', '1') },
    ),
  ],
  [
    'payments on their way that nobody counted',
    'fact-missing',
    under(
      { book: { firstUseCaps: [{ asset: 'SOL', amount: '1250000000' }] } },
      { destinations: [{ ...listed, used: false }] },
    ),
  ],
  [
    'a first-use cap once something arrived',
    null,
    under({ book: { firstUseCaps: [{ asset: 'SOL', amount: '1' }] } }),
  ],
  [
    'a first-use cap of another asset',
    null,
    under(
      { book: { firstUseCaps: [{ asset: 'USDC', amount: '1' }] } },
      { destinations: [{ ...listed, used: false }] },
    ),
  ],
  [
    'the cap of a key is reached',
    null,
    under({ keyCaps: [{ asset: 'SOL', perDay: '1250000001' }] }, spent('vault', '1')),
  ],
  [
    'what left under a key is not known',
    'fact-missing',
    under({ keyCaps: [{ asset: 'SOL', perDay: '1250000001' }] }),
  ],
  [
    'the cap of a key after an audit',
    null,
    under({
      keyCaps: [{ asset: 'SOL', perDay: '1' }],
      audit: { reportDigest: 'ab'.repeat(32), finishedAt: at(-1) },
    }),
  ],
  [
    'a removed destination is never certified again',
    'destination-removed',
    on(
      {
        ...destinationListing,
        destination: { ...destinationListing.destination, id: listed.id, address: listed.address },
      },
      ({ party }) => ({ party: { ...party, destinations: [{ ...listed, removed: true }] } }),
    ),
  ],
  [
    'a certification of what is listed',
    null,
    asked(destinationListing, {
      destination: { ...destinationListing.destination, id: listed.id, address: listed.address },
    }),
  ],
  ...(['client', 'chain', 'asset', 'address', 'class'] as const).map(
    (field) =>
      [
        `a certification with another ${field}`,
        'destination-exists',
        listing({
          id: listed.id,
          address: listed.address,
          ...{
            client: { client: 'C-20419' },
            chain: { chain: 'solana:mainnet' },
            asset: { asset: 'USDC' },
            address: { address: 'other' },
            class: { class: 'other' as const },
          }[field],
        }),
      ] as const,
  ),
  [
    'a removal of what is not listed',
    'destination-not-listed',
    on(everyKind['destination-removal'], ({ party }) => ({
      party: { ...party, destinations: [] },
    })),
  ],
  [
    'a freeze of an unknown vault',
    'vault-unknown',
    asked(everyKind.freeze, { scope: { what: 'vault', vault: 'warm-9' } }),
  ],
  [
    'a freeze of a known vault',
    null,
    asked(everyKind.freeze, { scope: { what: 'vault', vault: 'warm-1' } }),
  ],
  ['a release with one approver less', 'statements-incomplete', releasedWithout('carl')],
  ['a release with one co-signer less', 'statements-incomplete', releasedWithout('kim')],
  ['a release without the recovery group', 'statements-incomplete', releasedWithout('remy')],
  [
    'a release by those who suffice for a withdrawal',
    'statements-incomplete',
    releasedWithout('carl', 'kim', 'remy'),
  ],
  [
    'another freeze is released',
    'freeze-unknown',
    on(everyKind.release, ({ party }) => ({ party: { ...party, freezes: [] } })),
  ],
  [
    'one freeze of two is released',
    null,
    on(everyKind.release, ({ party }) => ({
      party: {
        ...party,
        freezes: [
          { operation: '7c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b', scope: { what: 'everything' } },
          { operation: FROZEN_BY, scope: { what: 'asset', asset: 'SOL' } },
        ],
      },
    })),
  ],
  [
    'a repair at the party that lost its share and its record',
    null,
    on(everyKind['key-repair'], ({ party }) => ({
      party: { ...party, name: 'recovery', group: 'recovery', keys: [] },
    })),
  ],
  [
    'a repair at a party that is no helper',
    'ceremony-without-this-party',
    asked(
      { ...everyKind['key-repair'], party: 'custody', helpers: ['control', 'recovery'] },
      {},
      {
        party: {
          ...inputFor(withdrawal).party,
          keys: [{ ...key, parties: ['control', 'custody', 'recovery', 'spare'] }],
          name: 'spare',
          group: 'control',
        },
        roster: {
          ...roster,
          parties: [
            ...roster.parties,
            {
              name: 'spare',
              group: 'control',
              index: 4,
              identityKey: '31'.repeat(32),
              exchangeKey: '32'.repeat(32),
            },
          ],
        },
      },
    ),
  ],
  [
    'a repair by one helper twice',
    'ceremony-parties-order',
    asked(everyKind['key-repair'], { helpers: ['control', 'control'] }),
  ],
  [
    'a repair by a stranger',
    'ceremony-parties-order',
    asked(everyKind['key-repair'], { helpers: ['stranger', 'control'] }),
  ],
  ['a repair at another epoch', 'key-epoch-differs', asked(everyKind['key-repair'], { epoch: 2 })],
  [
    'a repair for a party that holds no share of it',
    'key-parties-differ',
    on(everyKind['key-repair'], ({ party }) => ({
      party: { ...party, keys: [{ ...key, parties: ['control', 'custody'] }] },
    })),
  ],
  [
    'a cold key with its shares at cold parties',
    null,
    asked(
      keyCeremony,
      { vault: { ...keyCeremony.vault, tier: 'cold' } },
      {
        roster: {
          ...roster,
          parties: roster.parties.map((party) =>
            party.name === 'control' ? party : { ...party, cold: true },
          ),
        },
      },
    ),
  ],
  [
    'the same transaction as before',
    null,
    onWithdrawal(({ transaction }) => ({ ties: transaction ? [transaction.conflictKey] : [] })),
  ],
  [
    'a transaction that conflicts with one of two',
    'transaction-does-not-conflict',
    onWithdrawal(({ transaction }) => ({
      ties: [transaction?.conflictKey ?? '', 'solana:nonce:other:value'],
    })),
  ],
  ['the highest fee', null, moving({ fee: '10000' })],
  [
    'no memo where there is one',
    'transaction-memo-differs',
    asked(withdrawal, { memo: null }, { transaction: inputFor(withdrawal).transaction }),
  ],
];
