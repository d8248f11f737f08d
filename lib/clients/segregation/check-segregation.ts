import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { makeSegregationCheck, type MadeCheck } from './make-check.ts';

/** Makes a check of segregation now. */
export async function checkSegregation(actor: Actor, context: Context): Promise<Result<MadeCheck>> {
  const refused = lacksScope(actor, 'client:write');
  return refused ?? ok(await makeSegregationCheck(actor.personId, context));
}
