import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewPlaces } from './address-differences.ts';
import { findLikeness, piecesOf } from './likeness.ts';

const address = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
const middle = '7abcdefghijkmnopqrstuvwxyzABCDEFGHJK';

const swapCase = (text: string): string =>
  text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();

describe('two addresses', () => {
  it('are alike when only the last character differs', () => {
    expect(findLikeness(address, `${address.slice(0, -1)}s`)).toBe('few-places');
  });

  it('are alike when they share four characters at either end', () => {
    expect(findLikeness(address, `${address.slice(0, 4)}${middle}9999`)).toBe('beginning');
    expect(findLikeness(address, `9999${middle}${address.slice(-4)}`)).toBe('end');
    expect(findLikeness(address, `${address.slice(0, 4)}${middle}${address.slice(-4)}`)).toBe(
      'both-ends',
    );
  });

  it('are alike when nothing but capital and small letters differ, in one place or in all', () => {
    expect(findLikeness(address, address.replace('V8Vr', 'v8Vr'))).toBe('case');
    expect(findLikeness(address, address.toUpperCase())).toBe('case');
  });

  it('are not alike when they are the same, or share less', () => {
    expect(findLikeness(address, address)).toBeNull();
    expect(findLikeness(address, `${address.slice(0, 3)}9${middle}9999`)).toBeNull();
  });

  it('are as alike from either side, and a slip of case is never chance', () => {
    const flipped = fc
      .uniqueArray(fc.nat({ max: address.length - 1 }), { minLength: 1 })
      .map((places) =>
        Array.from(address, (character, at) =>
          places.includes(at) ? swapCase(character) : character,
        ).join(''),
      );
    const other = fc.oneof(flipped, fc.string({ maxLength: 50 }));
    fc.assert(
      fc.property(other, (text) => {
        expect(findLikeness(address, text)).toBe(findLikeness(text, address));
      }),
    );
    fc.assert(
      fc.property(flipped, (text) => {
        expect(findLikeness(address, text)).toBe(text === address ? null : 'case');
      }),
    );
  });

  it('are found by a piece that both have, however few places differ', () => {
    const edit = fc.tuple(
      fc.nat({ max: address.length - 1 }),
      fc.constantFrom('', '1', 'zz'),
      fc.nat({ max: 1 }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: fewPlaces }), (edits) => {
        const changed = edits.reduce(
          (text, [at, put, cut]) => text.slice(0, at) + put + text.slice(at + cut),
          address,
        );
        if (findLikeness(address, changed) === 'few-places')
          expect(piecesOf(address).some((piece) => changed.includes(piece))).toBe(true);
      }),
    );
    expect(piecesOf(address).join('')).toBe(address);
  });
});
