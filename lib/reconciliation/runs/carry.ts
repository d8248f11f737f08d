import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Outcome } from '../matching/compare.ts';
import { itemSchema, units } from '../matching/item-schema.ts';

const carrySchema = z.strictObject({
  /** Number of the newest journal that was looked at. */
  lastJournal: z.string().regex(/^\d+$/),
  /** Last movement of the outside that was looked at. */
  mark: z.string().nullable(),
  outsideBalance: units,
  /** What found no other side, and what came after the cut. */
  ledger: z.array(itemSchema),
  outside: z.array(itemSchema),
});
/** What the next run of a place goes on from, so that no run reads the whole of history again. */
export type Carry = z.infer<typeof carrySchema>;

export const firstCarry: Carry = {
  lastJournal: '0',
  mark: null,
  outsideBalance: '0',
  ledger: [],
  outside: [],
};

/** @throws for a row that no run of ours wrote. */
export const readCarry = (text: string): Carry => carrySchema.parse(JSON.parse(text));

export function carryText(
  outcome: Outcome,
  stopped: { lastJournal: string; mark: string | null; later: Carry['ledger'] },
): string {
  const { lastJournal, mark, later } = stopped;
  return canonicalize({
    lastJournal,
    mark,
    outsideBalance: outcome.outsideBalance,
    ledger: [...outcome.open.ledger, ...later],
    outside: [...outcome.open.outside],
  } satisfies Carry);
}
