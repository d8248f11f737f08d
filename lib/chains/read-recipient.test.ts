import { describe, expect, test } from 'vitest';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './bitcoin/networks.ts';
import { readRecipient } from './read-recipient.ts';

const taproot = 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr';
const ether = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const sentenceOf = (chain: string, text: string): string => {
  const read = readRecipient(chain, text);
  return read.ok ? 'ok' : read.sentence;
};

describe('an address that somebody gave', () => {
  test('is taken in the one spelling of its chain', () => {
    expect(readRecipient(BITCOIN_MAINNET, taproot.toUpperCase())).toEqual({
      ok: true,
      address: taproot,
    });
    expect(readRecipient('eip155:1', ether)).toEqual({ ok: true, address: ether });
    expect(sentenceOf('eip155:1', `0x${'0'.repeat(35)}10000`)).toBe('ok');
    expect(sentenceOf('solana:mainnet', '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T')).toBe('ok');
  });

  test.each([
    [BITCOIN_REGTEST, taproot, 'another Bitcoin network'],
    [BITCOIN_MAINNET, `${taproot.slice(0, -1)}q`, 'At least one character'],
    [BITCOIN_MAINNET, taproot.replace('bc1p5', 'bc1P5'), 'small letters only'],
    [BITCOIN_MAINNET, 'BC1SW50QGDZ25J', 'not put in force'],
    [BITCOIN_MAINNET, ether, 'not a Bitcoin address'],
    ['eip155:1', ether.toLowerCase(), 'no checksum'],
    ['eip155:1', ether.replace('5aAeb', '5AAeb'), 'At least one character'],
    ['eip155:1', ether.slice(0, -1), '40 digits'],
    ['eip155:1', taproot, '0x and 40 digits'],
    ['eip155:1', `0x${'0'.repeat(40)}`, 'zero address'],
    ['eip155:1', `0x${'0'.repeat(39)}1`, 'belongs to the network itself'],
    ['eip155:1', '0x000000000000000000000000000000000000dEaD', 'tokens are burnt'],
    ['solana:mainnet', ether, 'not a Solana address'],
    ['solana:mainnet', '11111111111111111111111111111111', 'a program of the chain'],
  ])('on %s, %s is refused with a sentence to act on', (chain, text, words) => {
    expect(sentenceOf(chain, text)).toContain(words);
  });
});
