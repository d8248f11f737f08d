import fc from 'fast-check';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { expect, test } from 'vitest';
import { digestWords } from './words.ts';

test('the words are the ones BIP-39 gives for the same leading bits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
      const mnemonic = entropyToMnemonic(digest, wordlist).split(' ');
      expect(digestWords(Buffer.from(digest).toString('hex'))).toEqual(mnemonic.slice(0, 6));
      expect(digestWords(Buffer.from(digest).toString('hex'), 12)).toEqual(mnemonic.slice(0, 12));
    }),
  );
});

test('anything but a digest is an error', () => {
  for (const text of ['', 'ab', 'AB'.repeat(32), `${'ab'.repeat(32)}00`, `0x${'ab'.repeat(31)}`])
    expect(() => digestWords(text)).toThrow(RangeError);
});
