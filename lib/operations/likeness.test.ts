import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewPlaces, findLikeness, piecesOf } from './likeness.ts';

const address = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
const middle = '7abcdefghijkmnopqrstuvwxyzABCDEFGHJK';

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

  it('are not alike when they are the same, or share less', () => {
    expect(findLikeness(address, address)).toBeNull();
    expect(findLikeness(address, `${address.slice(0, 3)}9${middle}9999`)).toBeNull();
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
