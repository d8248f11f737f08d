import { describe, expect, test } from 'vitest';
import type { DecideInput } from './decide-input.ts';
import { digestOf } from './intent.ts';
import type { PartyRefusal } from './refusals.ts';
import { refusalOf, withIntent, withParty, withTransaction } from './testing/changed-input.ts';
import {
  at,
  destinationListing,
  fullSet,
  inputFor,
  keyCeremony,
  roster,
  rosterChange,
  say,
  VAULT_ADDRESS,
  withdrawal,
} from './testing/sample.ts';

describe('a withdrawal must be what the party knows and what the transaction does', () => {
  const [listed] = inputFor(withdrawal).party.destinations;
  const [vault] = inputFor(withdrawal).party.vaults;
  if (!listed || !vault) throw new Error('sample is incomplete');
  const changed = (changes: Partial<typeof listed>): DecideInput =>
    withParty({ destinations: [{ ...listed, ...changes }] });
  test.each<[string, PartyRefusal, DecideInput]>([
    ['unknown vault', 'vault-unknown', withIntent({ vault: 'warm-9' })],
    [
      'vault on another chain',
      'chain-mismatch',
      withParty({ vaults: [{ ...vault, chain: 'solana:mainnet' }] }),
    ],
    ['destination off the list', 'destination-not-listed', withParty({ destinations: [] })],
    ['address not as listed', 'destination-address-differs', changed({ address: VAULT_ADDRESS })],
    ['destination of another client', 'destination-client-differs', changed({ client: 'C-20419' })],
    ['destination on another chain', 'chain-mismatch', changed({ chain: 'solana:mainnet' })],
    ['destination for another asset', 'asset-mismatch', changed({ asset: 'USDC' })],
    ['no transaction', 'transaction-missing', inputFor(withdrawal, { transaction: null })],
    ['chain', 'transaction-chain-differs', withTransaction({ chain: 'solana:mainnet' })],
    ['asset', 'transaction-asset-differs', withTransaction({ asset: 'USDC' })],
    ['source', 'transaction-source-differs', withTransaction({ from: listed.address })],
    ['recipient', 'transaction-recipient-differs', withTransaction({ to: VAULT_ADDRESS })],
    ['amount', 'transaction-amount-differs', withTransaction({ amount: '1250000001' })],
    [
      'amount spelt another way',
      'transaction-undecodable',
      withTransaction({ amount: '01250000000' }),
    ],
    ['memo', 'transaction-memo-differs', withTransaction({ memo: null })],
    ['fee', 'transaction-fee-above-bound', withTransaction({ fee: '10001' })],
    ['fee payer', 'transaction-fee-from-vault', withTransaction({ feePayer: VAULT_ADDRESS })],
    ['tie', 'transaction-does-not-conflict', inputFor(withdrawal, { ties: ['solana:nonce:x:1'] })],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));
});

describe('a key ceremony', () => {
  const ceremony = (changes: Partial<typeof keyCeremony>): DecideInput =>
    inputFor({ ...keyCeremony, ...changes });
  test.each<[string, PartyRefusal, DecideInput]>([
    ['key that exists', 'key-exists', ceremony({ key: 'key-warm-1' })],
    [
      'vault that exists',
      'vault-exists',
      ceremony({ vault: { id: 'warm-1', tier: 'warm', chain: 'solana:sandbox' } }),
    ],
    ['unknown party', 'ceremony-party-unknown', ceremony({ parties: ['control', 'stranger'] })],
    [
      'parties out of order',
      'ceremony-parties-order',
      ceremony({ parties: ['custody', 'control'] }),
    ],
    ['a party twice', 'ceremony-parties-order', ceremony({ parties: ['control', 'control'] })],
    [
      'this party left out',
      'ceremony-without-this-party',
      ceremony({ parties: ['custody', 'recovery'] }),
    ],
    ['threshold out of reach', 'ceremony-threshold', ceremony({ threshold: 4 })],
    [
      'recovery group silent',
      'statements-incomplete',
      inputFor(keyCeremony, { statements: fullSet(keyCeremony).slice(0, 3) }),
    ],
    [
      'a transaction beside it',
      'transaction-unexpected',
      inputFor(keyCeremony, { transaction: inputFor(withdrawal).transaction }),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('one group can never hold enough shares', () => {
    const parties = roster.parties.map((party) =>
      party.name === 'recovery' ? { ...party, group: 'control' as const } : party,
    );
    expect(refusalOf(inputFor(keyCeremony, { roster: { ...roster, parties } }))).toBe(
      'ceremony-one-group-enough',
    );
  });
});

describe('a destination listing', () => {
  const listing = (changes: object): DecideInput =>
    inputFor({
      ...destinationListing,
      destination: { ...destinationListing.destination, ...changes },
    });
  test('never takes a name in use or one of our own vaults', () => {
    expect(refusalOf(listing({ id: 'acme-treasury' }))).toBe('destination-exists');
    expect(refusalOf(listing({ address: VAULT_ADDRESS }))).toBe('destination-is-own-vault');
  });

  test('never takes an account of the client’s own within our vaults', () => {
    const { address } = destinationListing.destination;
    const input = listing({});
    const held = { ...input, party: { ...input.party, ownAddresses: [address] } };
    expect(refusalOf(held)).toBe('destination-is-own-vault');
    expect(refusalOf(input)).not.toBe('destination-is-own-vault');
  });
});

describe('a roster change', () => {
  const change = (changes: object, base = roster): DecideInput =>
    inputFor(
      { ...rosterChange, roster: { ...rosterChange.roster, previous: digestOf(base), ...changes } },
      { roster: base },
    );
  const [first, second, ...others] = rosterChange.roster.people;
  if (!first || !second) throw new Error('sample is incomplete');
  const revokedKeys = first.credentials.map((key) => ({ ...key, revokedAt: at(-9) }));
  const withRevoked = {
    ...roster,
    people: [{ ...first, credentials: [...revokedKeys] }, second, ...others],
  };
  test.each<[string, PartyRefusal, DecideInput]>([
    ['another organisation', 'wrong-organisation', change({ organisation: 'other' })],
    ['another environment', 'wrong-environment', change({ environment: 'production' })],
    ['a version left out', 'roster-version-chain', change({ version: 3 })],
    ['another predecessor', 'roster-version-chain', change({ previous: 'ab'.repeat(32) })],
    [
      'a person in two groups',
      'groups-overlap',
      change({ people: [...rosterChange.roster.people, { ...second, group: 'custody' }] }),
    ],
    [
      'a person twice',
      'roster-duplicate-person',
      change({ people: [...rosterChange.roster.people, second] }),
    ],
    [
      'a key no one can read',
      'roster-key-unreadable',
      change({
        people: [
          { ...first, credentials: [{ ...first.credentials[0], id: 'bmV3', publicKey: 'AAAA' }] },
          second,
          ...others,
        ],
      }),
    ],
    [
      'no one left in custody',
      'roster-group-without-people',
      change({ people: rosterChange.roster.people.filter((person) => person.group !== 'custody') }),
    ],
    ['other parties', 'roster-parties-changed', change({ parties: roster.parties.slice(0, 2) })],
    [
      'a key that changes hands',
      'roster-credential-moved',
      change({
        people: [
          { ...first, credentials: second.credentials },
          { ...second, credentials: [] },
          ...others,
        ],
      }),
    ],
    [
      'the same key under a new name and owner',
      'roster-credential-moved',
      change({
        people: [
          { ...first, credentials: second.credentials.map((key) => ({ ...key, id: 'c3BhcmU' })) },
          { ...second, credentials: [] },
          ...others,
        ],
      }),
    ],
  ])('%s: %s', (_, refusal, input) => expect(refusalOf(input)).toBe(refusal));

  test('a revoked key never comes back', () => {
    const input = change({}, withRevoked);
    const intent = input.intent as typeof rosterChange;
    const statements = [
      say('carl', 'raise', intent),
      say('adam', 'approve', intent),
      say('cora', 'cosign', intent),
    ];
    expect(refusalOf({ ...input, statements })).toBe('roster-credential-revived');
  });
});
