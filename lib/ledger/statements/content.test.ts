import { describe, expect, it } from 'vitest';
import { assertAddsUp, statementDigest } from './content.ts';
import { sampleAsset, sampleStatement } from './testing/sample-statement.ts';

const of = (over: object) =>
  sampleStatement({ assets: [{ ...sampleAsset('SOL', 9, 10n, [{ amount: '-3' }]), ...over }] });

describe('a statement adds up, or it is none', () => {
  it('takes one whose balances follow from each other, to 27 digits', () => {
    assertAddsUp(of({}));
    const most = 999_999_999_999_999_999_999_999_999n;
    assertAddsUp(
      sampleStatement({
        assets: [sampleAsset('ETH', 18, most, [{ amount: `-${most}` }, { amount: '1' }])],
      }),
    );
  });

  it.each([
    ['an opening balance', { opening: '11' }],
    ['a closing balance', { closing: '8' }],
    ['a sum', { sent: '4' }],
    ['another sum', { received: '1' }],
  ])('throws for %s that does not fit', (_, over) => {
    expect(() => {
      assertAddsUp(of(over));
    }).toThrow('does not add up');
  });
});

describe('the digest of a statement', () => {
  it('is the same for the same content in another order of keys, and another for another amount', () => {
    const content = sampleStatement();
    const turned = Object.fromEntries(Object.entries(content).toReversed()) as typeof content;
    expect(statementDigest(turned)).toBe(statementDigest(content));
    expect(statementDigest(of({ closing: '8' }))).not.toBe(statementDigest(of({})));
  });

  it('covers a name only where one is passed in', () => {
    const named = sampleStatement({ client: { id: 'C-20418', name: 'Łódź Custody' } });
    expect(statementDigest(named)).not.toBe(statementDigest(sampleStatement()));
  });
});
