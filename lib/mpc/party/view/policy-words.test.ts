import { describe, expect, test } from 'vitest';
import { nextPolicy } from '#lib/protocol/testing/every-kind.ts';
import { policy } from '#lib/protocol/testing/sample.ts';
import { receiptsOf } from '#lib/protocol/testing/vault-receipts.ts';
import { policyChanges } from './policy-words.ts';

const named = { vault: 'cold-1', chain: 'solana:sandbox', address: 'AddressOfColdOne' };
const held = { id: 'cold-1', chain: 'solana:sandbox', address: 'AddressOfColdOne' };

describe('where a policy lets transfers go', () => {
  test('stands in full, and a party without a share says that it cannot check it', () => {
    expect(policyChanges(policy, nextPolicy({ ownVaults: [named] }), [])[0]).toBe(
      'Transfers may go to vault cold-1 at AddressOfColdOne on solana:sandbox. This party holds no share of that vault and cannot check the address: compare it on the page of a party that holds one.',
    );
  });

  test('says which holders vouch for it, and when nothing but that changes', () => {
    const vouched = { ...named, receipts: receiptsOf(named, ['control', 'custody']) };
    const words =
      'This party holds no share of that vault. control and custody signed that it is the address of their key, which this party checks before it takes the policy over.';
    expect(policyChanges(policy, nextPolicy({ ownVaults: [vouched] }), [])[0]).toBe(
      `Transfers may go to vault cold-1 at AddressOfColdOne on solana:sandbox. ${words}`,
    );
    const before = nextPolicy({ ownVaults: [named] });
    expect(policyChanges(before, nextPolicy({ ownVaults: [vouched] }, before), [])).toEqual([
      `Changed: who vouches for vault cold-1. ${words}`,
    ]);
  });

  test('is compared with the address that the party derives itself', () => {
    expect(policyChanges(policy, nextPolicy({ ownVaults: [named] }), [held])[0]).toContain(
      'This party derives the same address from its own key.',
    );
    const other = { ...held, address: 'AnotherAddress' };
    expect(policyChanges(policy, nextPolicy({ ownVaults: [named] }), [other])[0]).toContain(
      'THIS PARTY DERIVES ANOTHER ADDRESS: AnotherAddress on solana:sandbox.',
    );
  });

  test('is told when it changes and when it ends, before anything else', () => {
    const before = nextPolicy({ ownVaults: [named] });
    const moved = { ...named, address: 'SomewhereElse' };
    expect(
      policyChanges(before, nextPolicy({ ownVaults: [moved], caps: [] }, before), [])[0],
    ).toContain('may go to SomewhereElse on solana:sandbox in place of AddressOfColdOne');
    expect(policyChanges(before, nextPolicy({ ownVaults: [] }, before), [])).toContain(
      'No transfer may go to vault cold-1 at AddressOfColdOne any more.',
    );
  });
});
