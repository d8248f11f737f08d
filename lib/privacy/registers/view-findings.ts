/** What is missing or wrong in one record, for its page. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '#lib/resilience/records/kind-scopes.ts';
import { findAll } from './find-all.ts';
import type { Found } from './found.ts';
import { loadRegisters } from './load-registers.ts';

/** @returns nothing for a record that is retired or not there. */
export async function viewFindings(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<Found[]>> {
  const refused = lacksReading(actor, 'privacy');
  if (refused) return refused;
  const id = z.uuid().toLowerCase().safeParse(input.id);
  if (!id.success) return ok([]);
  const today = dayOf(context.clock());
  return inSnapshot(context.db, async (tx) =>
    ok(findAll(await loadRegisters(tx), today).filter(({ record }) => record === id.data)),
  );
}
