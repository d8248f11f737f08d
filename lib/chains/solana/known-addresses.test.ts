import * as kit from '@solana/kit';
import { LiteSVM } from 'litesvm';
import { describe, expect, it } from 'vitest';
import { isOnCurve, isSolanaAddress } from './address.ts';
import { noRecipient } from './known-addresses.ts';

const probe = [
  '11111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'ComputeBudget111111111111111111111111111111',
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
  'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
];

const clusterData = [
  'SysvarC1ock11111111111111111111111111111111',
  'SysvarEpochSchedu1e111111111111111111111111',
  'SysvarRecentB1ockHashes11111111111111111111',
  'SysvarRent111111111111111111111111111111111',
  'SysvarS1otHashes111111111111111111111111111',
  'SysvarStakeHistory1111111111111111111111111',
];

function isProgram(chain: LiteSVM, address: string): boolean {
  const account = chain.getAccount(kit.address(address));
  return account?.exists === true && account.executable;
}

describe('an address that can be no recipient', () => {
  it.each(clusterData)('is %s, which the runtime keeps data of its own in', (address) => {
    expect(noRecipient(address)).toContain('data of the chain');
    const account = new LiteSVM().getAccount(kit.address(address));
    expect(account?.exists && account.programAddress).toBe(
      'Sysvar1111111111111111111111111111111111111',
    );
  });

  it('is each well-known program, which the runtime knows as one', () => {
    const chain = new LiteSVM();
    for (const address of probe) {
      expect(noRecipient(address), address).toContain('a program');
      expect(isProgram(chain, address), address).toBe(true);
    }
  });

  it('is the incinerator, and no ordinary address', () => {
    expect(noRecipient('1nc1nerator11111111111111111111111111111111')).toContain('destroyed');
    expect(noRecipient('4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr')).toBeNull();
    expect(isSolanaAddress('1nc1nerator11111111111111111111111111111111')).toBe(true);
  });
});

describe('an address on the curve', () => {
  it('is one that a key can sign for, as the chain’s own library tells', async () => {
    const [derived] = await kit.getProgramDerivedAddress({
      programAddress: kit.address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'),
      seeds: ['vault'],
    });
    expect(isOnCurve(derived)).toBe(false);
    const { address } = await kit.generateKeyPairSigner();
    expect(isOnCurve(address)).toBe(true);
  });
});
