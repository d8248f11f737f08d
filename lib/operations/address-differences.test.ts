import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDifferences, type Difference } from './address-differences.ts';
import { differenceWords } from './difference-words.ts';

const address = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';

/** Puts the other text together from the one and what differs. */
function rebuild(one: string, differences: readonly Difference[]): string {
  let [text, from] = ['', 0];
  for (const { at, here, otherAt, there } of differences) {
    text += one.slice(from, at);
    expect(text.length, 'a place stands in the other address where it says').toBe(otherAt);
    text += there;
    from = at + here.length;
  }
  return text + one.slice(from);
}

describe('the differences of two addresses', () => {
  it('are none of the same one, and one place for one changed character', () => {
    expect(findDifferences(address, address)).toEqual([]);
    expect(findDifferences(address, `${address.slice(0, -1)}s`)).toEqual([
      { at: 43, here: 'r', otherAt: 43, there: 's' },
    ]);
  });

  it('are told place by place where only the case of letters differs', () => {
    const other = address.replace('vgV8', 'VGV8').replace('M5X', 'm5x');
    expect(findDifferences(address, other)).toEqual([
      { at: 8, here: 'vg', otherAt: 8, there: 'VG' },
      { at: 40, here: 'M', otherAt: 40, there: 'm' },
      { at: 42, here: 'X', otherAt: 42, there: 'x' },
    ]);
  });

  it('name a character that is missing or too many, without calling the rest different', () => {
    const shorter = address.replace('Z3nY', 'Z3Y');
    expect(findDifferences(address, shorter)).toEqual([
      { at: 17, here: 'n', otherAt: 17, there: '' },
    ]);
    expect(findDifferences(shorter, address)).toEqual([
      { at: 17, here: '', otherAt: 17, there: 'n' },
    ]);
  });

  it('are all that stands between the ends where the middle is another', () => {
    const other = `${address.slice(0, 4)}${'z'.repeat(36)}${address.slice(-4)}`;
    expect(findDifferences(address, other)).toEqual([
      { at: 4, here: address.slice(4, 40), otherAt: 4, there: 'z'.repeat(36) },
    ]);
  });

  it('lead from the one to the other, for any two texts and any few edits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '1'), maxLength: 60 });
    const edited = fc
      .array(fc.tuple(fc.nat({ max: 43 }), fc.constantFrom('', '1', 'zz'), fc.nat({ max: 1 })), {
        maxLength: 3,
      })
      .map((edits) =>
        edits.reduce(
          (all, [at, put, cut]) => all.slice(0, at) + put + all.slice(at + cut),
          address,
        ),
      );
    const pair = fc.oneof(fc.tuple(text, text), fc.tuple(fc.constant(address), edited));
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const differences = findDifferences(one, other);
        expect(rebuild(one, differences)).toBe(other);
        expect(differences.length > 0).toBe(one !== other);
        for (const { here, there } of differences) expect(here === there).toBe(false);
      }),
    );
  });
});

describe('differences in words', () => {
  const words = (other: string) => differenceWords(findDifferences(address, other));

  it('tell capital from small letters, and digits as they are', () => {
    expect(words(address.replace('4Nd1', '4nD7'))).toEqual([
      'Characters 2 to 4: capital N, small d, 1 here, small n, capital D, 7 in the other.',
    ]);
  });

  it('say what is missing on which side', () => {
    expect(words(address.replace('Z3nY', 'Z3Y'))).toEqual([
      'Character 18 here, small n, missing in the other.',
    ]);
    expect(words(address.replace('Z3nY', 'Z3nnY'))).toEqual([
      'Character 18 of the other, small n, missing here.',
    ]);
  });

  it('do not spell a whole address, and stop after six places', () => {
    expect(words(`${address.slice(0, 4)}${'z'.repeat(36)}${address.slice(-4)}`)).toEqual([
      'Characters 5 to 40 are different ones.',
    ]);
    expect(words(address.toUpperCase()).at(-1)).toMatch(/^\d+ more places\.$/);
  });
});
