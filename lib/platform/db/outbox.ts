/** What one area tells the others: written in the transaction of what it tells, read from there later. */
import type { Tx } from './transaction.ts';

export type OutboxEvent = {
  /** Such as `break-over-limit`. */
  kind: string;
  /** Id of what it is about. */
  subject: string;
  at: Date;
  /** Flat and without personal data. */
  facts: Readonly<Record<string, string | number | boolean | null>>;
};

export async function emitEvent(tx: Pick<Tx, 'outboxEvent'>, event: OutboxEvent): Promise<void> {
  await tx.outboxEvent.create({ data: event, select: { id: true } });
}
