/** Statements for tests and measurements. */
import type { AssetStatement, StatementContent, StatementMovement } from '../content.ts';

/** A movement with what it came by; its balance is filled in by `sampleAsset`. */
export type SampleMovement = Partial<StatementMovement> & { amount: string };

/** An asset whose balances follow from its movements. */
export function sampleAsset(
  asset: string,
  decimals: number,
  opening: bigint,
  movements: readonly SampleMovement[],
): AssetStatement {
  let stands = opening;
  let received = 0n;
  let sent = 0n;
  const filled = movements.map((movement, place): StatementMovement => {
    const amount = BigInt(movement.amount);
    stands += amount;
    if (amount > 0n) received += amount;
    else sent -= amount;
    return {
      journal: String(100 + place),
      line: 2,
      bookedAt: new Date(Date.UTC(2026, 6, 2, 10, 0, place)).toISOString(),
      kind: amount > 0n ? 'deposit' : 'withdrawal',
      operation: amount > 0n ? null : `WD-2026-${String(place).padStart(6, '0')}`,
      reference: { kind: 'transaction', id: `${'5xQ7'.repeat(21)}${place}` },
      counterparty: '7Np41oeYqPefeNQEHSv1UDhYrehxin3NStELsSKCT4K2',
      ...movement,
      balance: stands.toString(),
    };
  });
  return {
    asset,
    decimals,
    opening: opening.toString(),
    received: received.toString(),
    sent: sent.toString(),
    closing: stands.toString(),
    movements: filled,
  };
}

/** A statement of the third quarter of 2026. */
export const sampleStatement = (over: Partial<StatementContent> = {}): StatementContent => ({
  type: 'countersign/position-statement/v1',
  client: { id: 'C-20418' },
  period: { from: '2026-07-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' },
  opened: { closedAt: '2026-07-01T00:00:41.000Z', lastJournal: '99' },
  close: { closedAt: '2026-10-01T00:00:17.000Z', lastJournal: '4711' },
  assets: [
    sampleAsset('SOL', 9, 5_000_000_000n, [
      { amount: '2500000000' },
      { amount: '-1000000001' },
      { amount: '7' },
    ]),
  ],
  pending: [],
  ...over,
});
