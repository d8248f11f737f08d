import { describe, expect, it } from 'vitest';
import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import {
  availableText,
  hasOwners,
  stillRefused,
  tierChanges,
  transferErrors,
} from './transfer-plan.ts';

const SOL = 1_000_000_000n;
const vault = (id: string, tier: string, units: bigint, chain = 'solana:sandbox') => ({
  id,
  name: id,
  tier,
  chain,
  address: `address of ${id}`,
  holdings: [{ asset: 'SOL', units: units.toString() }],
  highestFee: '10000',
});
const options: TransferOptions = {
  assets: [{ asset: 'SOL', decimals: 9, chains: ['solana:sandbox'] }],
  vaults: [
    vault('cold-1', 'cold', 94n * SOL),
    vault('warm-1', 'warm', 4n * SOL),
    vault('hot-1', 'hot', 2n * SOL),
    vault('far-1', 'hot', 0n, 'solana:mainnet'),
  ],
};
const chosen = { from: 'warm-1', to: 'cold-1', asset: 'SOL', amount: '2.5' };

describe('the form for a transfer', () => {
  it('asks whose account moves where every owner has one, and nowhere else', () => {
    const chain = 'eip155:31337';
    const ether = {
      assets: [{ asset: 'ETH', decimals: 18, chains: [chain] }],
      vaults: [vault('hot-1', 'hot', 5n, chain), vault('hot-2', 'hot', 0n, chain)].map((one) => ({
        ...one,
        holdings: one.holdings.map(({ units }) => ({ asset: 'ETH', units })),
      })),
    };
    const of = { from: 'hot-1', to: 'hot-2', asset: 'ETH', amount: '0.000000000000000005' };
    const faults = (owner: string) =>
      Object.keys(transferErrors(ether, of, { reason: 'Refill', owner }));
    expect(['', 'C-1', 'me', 'C-20418', 'custodian'].map(faults)).toEqual([
      ['owner'],
      ['owner'],
      ['owner'],
      [],
      [],
    ]);
    expect(ether.vaults.every(hasOwners)).toBe(true);
    expect(options.vaults.some(hasOwners)).toBe(false);
  });

  it('says what the server refused at its field, until that field has another value', () => {
    const refused = { amount: 'Too much.', to: 'Not named.', owner: 'Nobody.' };
    const now = { ...chosen, amount: '1', from: 'hot-1' };
    expect(stillRefused(refused, { sent: chosen, chosen })).toEqual(refused);
    expect(stillRefused(refused, { sent: chosen, chosen: now })).toEqual({
      to: 'Not named.',
      owner: 'Nobody.',
    });
  });

  it('shows the shares before and after to the hundredth of a percent, rounded down', () => {
    expect(tierChanges(options, chosen)).toEqual([
      { tier: 'cold', before: 9_400, after: 9_650 },
      { tier: 'warm', before: 400, after: 150 },
      { tier: 'hot', before: 200, after: 200 },
    ]);
  });

  it('shows no shares after it while the amount or the vaults are none that can move', () => {
    for (const change of [
      { amount: '4.000000001' },
      { amount: '1,5' },
      { to: 'warm-1' },
      { to: '' },
    ])
      expect(
        tierChanges(options, { ...chosen, ...change }).every(({ after }) => after === null),
      ).toBe(true);
  });

  it('names what is wrong by its field, and says what lies in the source', () => {
    expect(transferErrors(options, chosen, { reason: 'Sweep' })).toEqual({});
    expect(
      transferErrors(options, { ...chosen, amount: '4.000000001' }, { reason: 'Sweep' }),
    ).toEqual({
      amount: 'By the ledger 4.000000000 SOL lies in warm-1. Enter at most that.',
    });
    const empty = { from: '', to: '', asset: 'SOL', amount: '' };
    expect(Object.keys(transferErrors(options, empty, { reason: '' }))).toEqual([
      'from',
      'to',
      'amount',
      'reason',
    ]);
    expect(
      transferErrors(options, { ...chosen, to: 'warm-1' }, { reason: 'Sweep' }),
    ).toHaveProperty('to');
    expect(transferErrors(options, { ...chosen, to: 'far-1' }, { reason: 'Sweep' })).toHaveProperty(
      'to',
    );
    expect(availableText(options, chosen)).toBe('4.000000000 SOL');
    expect(availableText(options, empty)).toBeNull();
  });
});
