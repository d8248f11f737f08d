import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, addressOf, addressOfBytes, readAddress, toChecksum } from './address.ts';

const bytes20 = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .filter((bytes) => bytes.some((byte) => byte !== 0));

describe('an address', () => {
  // The examples of EIP-55.
  it.each([
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ])('%s is taken as EIP-55 spells it', (text) => {
    expect(readAddress(text)).toEqual({ ok: true, address: text });
  });

  it.each([
    ['nothing', '', 'address-not-hex'],
    ['null', null, 'address-not-hex'],
    ['a number', 42, 'address-not-hex'],
    ['no prefix', '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'address-not-hex'],
    ['a capital prefix', '0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'address-not-hex'],
    ['a letter beyond f', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg', 'address-not-hex'],
    ['a space in front', ' 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe', 'address-not-hex'],
    ['a line break behind', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n', 'address-not-hex'],
    ['one digit too few', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe', 'address-wrong-length'],
    ['one digit too many', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0', 'address-wrong-length'],
    ['a very long text', `0x${'a'.repeat(1_000_000)}`, 'address-not-hex'],
    ['small letters', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'address-without-checksum'],
    ['capital letters', '0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED', 'address-without-checksum'],
    ['one wrong case', '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'address-wrong-checksum'],
    ['one wrong digit', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAec', 'address-wrong-checksum'],
    ['the zero address', '0x0000000000000000000000000000000000000000', 'address-zero'],
    ['an ICAP address', 'XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS', 'address-not-hex'],
  ])('with %s is refused by name', (_name, text, refusal) => {
    expect(readAddress(text)).toEqual({ ok: false, refusal });
  });

  it('has one spelling, which gives back its bytes', () => {
    fc.assert(
      fc.property(bytes20, (bytes) => {
        const text = addressOfBytes(bytes);
        expect(readAddress(text)).toEqual({ ok: true, address: text });
        expect(addressBytes(text)).toEqual(bytes);
        expect(toChecksum(text.toLowerCase())).toBe(text);
        const small = text.toLowerCase();
        if (small !== text) expect(readAddress(small)).toMatchObject({ ok: false });
      }),
    );
  });
});

describe('the address of a key', () => {
  it("is that of the test key everybody knows (anvil's first account)", () => {
    const secret = Buffer.from(
      'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
      'hex',
    );
    expect(addressOf(secp256k1.getPublicKey(secret, true))).toBe(
      '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    );
  });

  it.each([
    ['an uncompressed key', secp256k1.getPublicKey(new Uint8Array(32).fill(1), false)],
    ['no point', new Uint8Array(33).fill(2, 0, 1).fill(0xff, 1)],
    ['32 bytes', new Uint8Array(32).fill(1)],
    ['a point at infinity', new Uint8Array(33)],
  ])('there is none of %s', (_name, key) => {
    expect(() => addressOf(key)).toThrow(TypeError);
  });
});
