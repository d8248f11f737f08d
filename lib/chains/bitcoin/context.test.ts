import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountAddress } from '../account-address.ts';
import { addressOfScript } from './address.ts';
import { accountContext, accountScripts, bitcoinContext } from './context.ts';
import { BITCOIN_MAINNET } from './networks.ts';
import { testKey } from './testing/keys.ts';

const { publicKey: vaultKey } = testKey('vault');
const suites = {
  p2tr: 'FROST-secp256k1-SHA256-TR-v1',
  p2wpkh: 'DKLS23-secp256k1-SHA256-v1',
} as const;
const client = fc.integer({ min: 0, max: 9_999_999 }).map((n) => `C-${String(n).padStart(4, '0')}`);
const owner = fc.option(client, { nil: null });

test('no two owners of a vault share an address, nor do the two branches of one', () => {
  const kinds = fc.constantFrom('p2tr' as const, 'p2wpkh' as const);
  fc.assert(
    fc.property(fc.uniqueArray(owner, { minLength: 2, maxLength: 3 }), kinds, (owners, kind) => {
      const addresses = owners.flatMap((name) => {
        const context = accountContext({ chain: BITCOIN_MAINNET, kind, vaultKey, owner: name });
        expect(bitcoinContext.parse(context)).toEqual(context);
        const scripts = accountScripts(context);
        return (['receive', 'change'] as const).map((branch) => {
          const address = addressOfScript(scripts[branch], BITCOIN_MAINNET);
          // The same as whoever only asks for an address is told.
          const publicKey = vaultKey;
          const of = {
            chain: BITCOIN_MAINNET,
            suite: suites[kind],
            publicKey,
            owner: name,
            branch,
          };
          expect(accountAddress(of)).toBe(address);
          return address;
        });
      });
      expect(new Set(addresses).size).toBe(2 * owners.length);
    }),
    { numRuns: 20 },
  );
});

test('an account of nobody is none', () => {
  const of = { chain: BITCOIN_MAINNET, kind: 'p2tr', vaultKey } as const;
  expect(() => accountContext({ ...of, owner: 'nobody' })).toThrow();
  expect(() => accountContext({ ...of, owner: null, vaultKey: new Uint8Array(33) })).toThrow();
});
