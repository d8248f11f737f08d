import { z } from 'zod';
import { asState, isFinal, type OperationState } from '#lib/operations/states.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Case } from '../register/cases.ts';
import type { Carrying } from './return.ts';

export type CarryingOperation = Carrying & { id: string; state: OperationState };

const linkedFacts = z.strictObject({ operation: z.uuid() });

/** The operations that carry a return out, in the order in which they were linked. */
export async function loadCarrying(
  db: Database | Tx,
  { steps }: Pick<Case, 'steps'>,
): Promise<CarryingOperation[]> {
  const ids = steps
    .filter(({ step }) => step === 'linked')
    .map(({ facts }) => linkedFacts.parse(facts).operation);
  const rows = await db.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true, state: true, amount: true },
  });
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [];
    const state = asState(row.state);
    return [
      {
        id,
        number: row.number,
        state,
        isFinal: isFinal(state),
        isConfirmed: state === 'confirmed',
        units: row.amount ? unitsOf(row.amount) : 0n,
      },
    ];
  });
}
