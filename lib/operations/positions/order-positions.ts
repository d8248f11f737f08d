import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { orderDays, orderQuarter, type Ordered } from '#lib/ledger/statements/order-batch.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';

const day = z.iso.date();
const wanted = z.union([
  z.strictObject({ quarter: z.string().max(20) }),
  /** Days in UTC; an empty last one means up to now. */
  z.strictObject({ from: day, through: z.union([day, z.literal('')]) }),
]);

/** Orders the statements of a period for all clients; the worker makes them. */
export async function orderPositions(
  actor: Actor,
  input: unknown,
  { db, clock }: Context,
): Promise<Result<Ordered>> {
  const refused = lacksScope(actor, 'position:issue');
  if (refused) return refused;
  const form = wanted.safeParse(input);
  if (!form.success)
    return refuse('form-incomplete', 'Choose a quarter, or the first day of the period.');
  const order = { by: actor.personId, at: clock() };
  return 'quarter' in form.data
    ? orderQuarter(db, { ...form.data, ...order })
    : orderDays(db, { ...form.data, ...order });
}
