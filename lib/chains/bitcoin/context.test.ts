import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keySuite } from '#lib/protocol/suites.ts';
import { suitesFor } from '../suites.ts';
import { addressOfScript } from './address.ts';
import { accountContext, accountKindOf, accountScripts, bitcoinContext } from './context.ts';
import { BITCOIN_MAINNET } from './networks.ts';
import { testKey } from './testing/keys.ts';

const { publicKey: vaultKey } = testKey('vault');
const client = fc.integer({ min: 0, max: 9_999_999 }).map((n) => `C-${String(n).padStart(4, '0')}`);
const owner = fc.option(client, { nil: null });

test('no two owners of a vault share an address, nor do the two branches of one', () => {
  const kinds = fc.constantFrom('p2tr' as const, 'p2wpkh' as const);
  fc.assert(
    fc.property(fc.uniqueArray(owner, { minLength: 2, maxLength: 3 }), kinds, (owners, kind) => {
      const addresses = owners.flatMap((name) => {
        const context = accountContext({ chain: BITCOIN_MAINNET, kind, vaultKey, owner: name });
        expect(bitcoinContext.parse(context)).toEqual(context);
        return Object.values(accountScripts(context)).map((script) =>
          addressOfScript(script, BITCOIN_MAINNET),
        );
      });
      expect(new Set(addresses).size).toBe(2 * owners.length);
    }),
    { numRuns: 20 },
  );
});

test('every suite that Bitcoin takes has a kind of output, and no other has', () => {
  for (const suite of keySuite.options)
    expect(accountKindOf(suite) !== null).toBe(suitesFor(BITCOIN_MAINNET).includes(suite));
});

test('an account of nobody is none', () => {
  const of = { chain: BITCOIN_MAINNET, kind: 'p2tr', vaultKey } as const;
  expect(() => accountContext({ ...of, owner: 'nobody' })).toThrow();
  expect(() => accountContext({ ...of, owner: null, vaultKey: new Uint8Array(33) })).toThrow();
});
