import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vaultTier } from '#lib/protocol/scalars.ts';
import { proposeTransfers, type Holding } from './propose-transfers.ts';
import { aimedAt, bandState, coldBand, shareOf, whole } from './tier-band.ts';

const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 6n }),
  fc.bigInt({ min: 0n, max: 10n ** 18n }),
  fc.bigInt({ min: 0n, max: 10n ** 40n }),
);
const holdings = (chains: readonly string[]) =>
  fc
    .array(
      fc.record({
        tier: fc.constantFrom(...vaultTier.options),
        chain: fc.constantFrom(...chains),
        amount,
      }),
      { maxLength: 12 },
    )
    .map((rows) => rows.map((row, place): Holding => ({ ...row, vault: `vault-${place}` })));

const coldOf = (rows: readonly Holding[]): bigint =>
  rows.reduce((sum, row) => (row.tier === 'cold' ? sum + row.amount : sum), 0n);
const totalOf = (rows: readonly Holding[]): bigint =>
  rows.reduce((sum, row) => sum + row.amount, 0n);

/** What the vaults hold once every move is done. */
const after = (rows: readonly Holding[], proposal: ReturnType<typeof proposeTransfers>) =>
  rows.map((row) => ({
    ...row,
    amount: (proposal?.moves ?? []).reduce(
      (left, { from, to, amount: moved }) =>
        left - (from === row.vault ? moved : 0n) + (to === row.vault ? moved : 0n),
      row.amount,
    ),
  }));

describe('a proposed sweep or refill', () => {
  it('brings the share in cold to the aim exactly, where some vault of each kind is there', () => {
    fc.assert(
      fc.property(holdings(['solana:sandbox']), (rows) => {
        const proposal = proposeTransfers(rows);
        const [cold, total] = [coldOf(rows), totalOf(rows)];
        if (!proposal) {
          const isTiny = bandState(aimedAt(total), total) !== 'inside';
          expect(bandState(cold, total) === 'inside' || isTiny).toBe(true);
          return;
        }
        const isPossible =
          rows.some(({ tier }) => tier === 'cold') && rows.some(({ tier }) => tier !== 'cold');
        expect(proposal.missing === 0n).toBe(isPossible);
        if (!isPossible) return;
        const done = after(rows, proposal);
        expect(coldOf(done)).toBe(aimedAt(total));
        expect(bandState(coldOf(done), total)).toBe('inside');
        // What was done asks for nothing more.
        expect(proposeTransfers(done)).toBeNull();
      }),
    );
  });

  it('never takes more than a vault has, never goes from a chain to another, and moves nothing within a kind', () => {
    fc.assert(
      fc.property(holdings(['solana:sandbox', 'eip155:1']), (rows) => {
        const proposal = proposeTransfers(rows);
        const of = new Map(rows.map((row) => [row.vault, row]));
        for (const move of proposal?.moves ?? []) {
          const [from, to] = [of.get(move.from), of.get(move.to)];
          expect(move.amount).toBeGreaterThan(0n);
          expect(move.amount).toBeLessThanOrEqual(from?.amount ?? 0n);
          expect(from?.chain).toBe(to?.chain);
          expect(to?.tier === 'cold').toBe(proposal?.way === 'sweep');
          expect(from?.tier === 'cold').toBe(proposal?.way === 'refill');
        }
        const sources = (proposal?.moves ?? []).map(({ from }) => from);
        expect(new Set(sources).size).toBe(sources.length);
        expect(totalOf(after(rows, proposal))).toBe(totalOf(rows));
        expect(after(rows, proposal).every((row) => row.amount >= 0n)).toBe(true);
      }),
    );
  });

  it('comes only outside the band: inside it a payment asks for none', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.nat(10_000), (total, permyriad) => {
        const cold = (BigInt(permyriad) * total) / whole;
        const rows: Holding[] = [
          { vault: 'cold-1', tier: 'cold', chain: 'solana:sandbox', amount: cold },
          { vault: 'hot-1', tier: 'hot', chain: 'solana:sandbox', amount: total - cold },
        ];
        const isOutside = bandState(cold, total) !== 'inside';
        const isTiny = bandState(aimedAt(total), total) !== 'inside';
        expect(proposeTransfers(rows) !== null).toBe(isOutside && !isTiny);
      }),
    );
  });
});

describe('the band', () => {
  it('holds over 95 %, not at it, and rounds a share down', () => {
    expect(bandState(9_500n, 10_000n)).toBe('below');
    expect(bandState(9_501n, 10_000n)).toBe('inside');
    expect(bandState(9_850n, 10_000n)).toBe('inside');
    expect(bandState(9_851n, 10_000n)).toBe('above');
    expect(bandState(0n, 0n)).toBe('inside');
    expect([shareOf(2n, 3n), shareOf(0n, 0n)]).toEqual([6_666, null]);
    const [most, cold] = [10n ** 27n, 95n * 10n ** 25n];
    expect([bandState(cold, most), bandState(cold + 10n ** 23n, most)]).toEqual([
      'below',
      'inside',
    ]);
    expect(shareOf(cold + 10n ** 23n - 1n, most), 'one unit of 27 digits short').toBe(9_500);
    expect(coldBand.floor < coldBand.aim && coldBand.aim < coldBand.ceiling).toBe(true);
  });
});
