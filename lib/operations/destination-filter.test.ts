import { describe, expect, it } from 'vitest';
import { filterFault, readDestinationFilter } from './destination-filter.ts';

const nothing = {
  client: null,
  asset: null,
  chain: null,
  address: null,
  class: null,
  standing: null,
  after: null,
};

describe('the filter of the book', () => {
  it('reads what the page’s address says, and takes an asset only with its chain', () => {
    expect(
      readDestinationFilter({
        client: ' C-20418 ',
        asset: 'SOL solana:mainnet',
        address: '4Nd1',
        class: 'exchange',
        standing: 'due',
        after: 'C-20418.d-12ab',
      }),
    ).toEqual({
      client: 'C-20418',
      asset: 'SOL',
      chain: 'solana:mainnet',
      address: '4Nd1',
      class: 'exchange',
      standing: 'due',
      after: { client: 'C-20418', id: 'd-12ab' },
    });
    expect(readDestinationFilter({ asset: 'SOL' })).toEqual(nothing);
  });

  it('asks for nothing where what stands there is empty or makes no sense', () => {
    for (const text of ['', '%', '_____', "'; drop", 'x'.repeat(500), 'C-1.', '.d-1'])
      expect(
        readDestinationFilter({
          client: text,
          asset: text,
          address: text.replace(/^x+$/, 'x'.repeat(129)),
          class: text,
          standing: text,
          after: text,
        }),
        text,
      ).toEqual(nothing);
    expect(readDestinationFilter({})).toEqual(nothing);
  });

  it('says in a sentence what was typed in vain', () => {
    const fault = (asked: Record<string, string>) =>
      filterFault(asked, readDestinationFilter(asked));
    expect(fault({ client: 'Ada' })).toContain('such as C-20418');
    expect(fault({ address: '4N' })).toContain('three letters or digits');
    expect(fault({ client: '', address: ' ' })).toBeNull();
    expect(fault({ client: 'C-20418', address: '4Nd1' })).toBeNull();
  });
});
