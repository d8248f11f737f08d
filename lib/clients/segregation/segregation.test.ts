import { describe, expect, it } from 'vitest';
import { findBreaches, type Books, type Outside } from './find-breaches.ts';
import { classesOnRecord, classOfAccount, findClash, type ClassedAddress } from './owner-class.ts';

const chain = 'solana:sandbox';
const places = {
  vaults: [{ id: 'warm-1', chain, address: 'Vault1' }],
  feeAccounts: [{ chain, address: 'Fees' }],
  nonceAccounts: [{ address: 'Nonce1', vault: 'warm-1' }],
};
const known = classesOnRecord(places);
const registered = (over: Partial<ClassedAddress>): ClassedAddress => ({
  chain,
  address: 'Other',
  ownerClass: 'own',
  client: null,
  source: 'registered',
  vault: null,
  ...over,
});
const books: Books = { ownAssets: [], surplus: [], depositsAt: [] };
const outside: Outside = { destinations: [], clients: new Set(['C-1001']) };
const breaches = (
  over: Partial<Books & Outside> = {},
  more: readonly ClassedAddress[] = [],
): string[] =>
  findBreaches([...known, ...more], { ...books, ...over }, { ...outside, ...over }).map(
    ({ kind, subject }) => `${kind} ${subject}`,
  );

describe('what the records say', () => {
  it('vaults hold clients’ coins together, fee and nonce accounts the custodian’s own', () => {
    expect(known.map(({ address, ownerClass }) => [address, ownerClass])).toEqual([
      ['Vault1', 'client-omnibus'],
      ['Fees', 'own'],
      ['Nonce1', 'own'],
    ]);
    expect(known.every((one) => one.chain === chain)).toBe(true);
  });
});

describe('on a chain where every owner has an account', () => {
  it('a vault’s address is the custodian’s own, and any other account its client’s alone', () => {
    const [hot] = classesOnRecord({
      vaults: [{ id: 'hot-1', chain: 'eip155:1', address: '0xhouse' }],
      feeAccounts: [],
      nonceAccounts: [],
    });
    expect(hot).toMatchObject({ ownerClass: 'own', source: 'vault', vault: 'hot-1' });
    const account = { address: '0xone', client: 'C-1001', vault: 'hot-1' };
    expect(classOfAccount('eip155:1', account)).toMatchObject({
      ownerClass: 'client-segregated',
      client: 'C-1001',
    });
    expect(classOfAccount('eip155:1', { ...account, client: null }).ownerClass).toBe('own');
  });
});

describe('an address in two classes is refused by name', () => {
  it.each([
    ['a vault as own', { address: 'Vault1', ownerClass: 'own' as const, client: null }],
    [
      'the fee account as clients’',
      { address: 'Fees', ownerClass: 'client-omnibus' as const, client: null },
    ],
    [
      'a nonce account as one client’s',
      { address: 'Nonce1', ownerClass: 'client-segregated' as const, client: 'C-1001' },
    ],
  ])('%s', (_what, wanted) => {
    expect(findClash(known, { chain, ...wanted })?.code).toBe('address-in-two-classes');
  });

  it('also for one client where it is another’s', () => {
    const first = registered({ ownerClass: 'client-segregated', client: 'C-1001' });
    const clash = findClash([first], { ...first, client: 'C-1002' });
    expect(clash?.sentence).toContain('One client alone (C-1001)');
  });

  it('the same class again, and the same text on another chain, are no clash', () => {
    expect(
      findClash(known, { chain, address: 'Fees', ownerClass: 'own', client: null }),
    ).toBeNull();
    const elsewhere = { chain: 'bitcoin:main', address: 'Fees', client: null };
    expect(findClash(known, { ...elsewhere, ownerClass: 'client-omnibus' })).toBeNull();
  });
});

describe('the check of segregation', () => {
  it('finds nothing where all is apart', () => {
    expect(breaches({ ownAssets: [{ name: 'fee-payer', asset: 'SOL', units: 5n }] })).toEqual([]);
  });

  it('finds an address that the register and the records class differently', () => {
    expect(breaches({}, [registered({ address: 'Vault1' })])).toEqual([
      'address-in-two-classes Vault1',
    ]);
  });

  it('finds own coins at a vault, by the books, also where they are below zero', () => {
    const at = (units: bigint) => ({ ownAssets: [{ name: 'warm-1', asset: 'SOL', units }] });
    expect(breaches(at(1n))).toEqual(['own-coins-at-client-address Vault1']);
    expect(breaches(at(-1n))).toEqual(['own-coins-at-client-address Vault1']);
    expect(breaches(at(0n))).toEqual([]);
  });

  it('finds more at clients’ places than is owed, and takes a shortfall for another matter', () => {
    expect(breaches({ surplus: [{ asset: 'SOL', units: 1n }] })).toEqual(['more-than-owed SOL']);
    expect(breaches({ surplus: [{ asset: 'SOL', units: -1n }] })).toEqual([]);
  });

  it('finds a client’s deposit at an address of the custodian’s own', () => {
    const deposit = { chain, asset: 'SOL', units: 3n };
    expect(breaches({ depositsAt: [{ ...deposit, address: 'Fees' }] })).toEqual([
      'client-coins-at-own-address Fees',
    ]);
    expect(breaches({ depositsAt: [{ ...deposit, address: 'Vault1' }] })).toEqual([]);
  });

  it('finds one of its own addresses on a client’s list', () => {
    const listed = (address: string) => ({
      destinations: [{ chain, address, client: 'C-1001' }],
    });
    expect(breaches(listed('Fees'))).toEqual(['own-address-on-list Fees']);
    expect(breaches(listed('Elsewhere'))).toEqual([]);
  });

  it('finds an address of a client that nobody knows', () => {
    const whose = { ownerClass: 'client-segregated' as const, client: 'C-9999' };
    expect(breaches({}, [registered(whose)])).toEqual(['client-unknown Other']);
  });
});
