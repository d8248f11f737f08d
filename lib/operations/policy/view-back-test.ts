/** Starts a back-test of a draft for somebody who may read it. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { runBackTest, type BackTestStep } from './back-test/run-back-test.ts';
import { nextPolicy, storedPolicy } from './draft-document.ts';
import { draftUnknown } from './view-draft.ts';

/** Days back from now that can be asked for; `all` is everything there has been. */
export const spans = ['30', '90', '365', 'all'] as const;

const form = z.strictObject({ draft: operationId, days: z.enum(spans) });

const dayMs = 86_400_000;
/** A back-test that takes longer is ended. */
const limitMs = 300_000;

/** People whose back-test runs: it reads a good part of the database, so each has one at a time. */
const running = new Set<string>();

async function* alone(person: string, steps: AsyncGenerator<BackTestStep>) {
  running.add(person);
  try {
    yield* steps;
  } finally {
    running.delete(person);
  }
}

/** @param signal ends it early. */
export async function viewBackTest(
  actor: Actor,
  input: unknown,
  context: Context,
  signal: AbortSignal,
): Promise<Result<AsyncGenerator<BackTestStep>, string>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose a draft and how far back to look.');
  const { draft, days } = asked.data;
  if (running.has(actor.personId))
    return refuse('back-test-runs', 'Your last back-test is still running. Wait until it is over.');
  const row = await context.db.policyDraft.findUnique({ where: { id: draft } });
  if (!row || row.discardedAt !== null) return draftUnknown();
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const now = context.clock();
  const steps = runBackTest({
    db: context.db,
    trust,
    draft: nextPolicy(storedPolicy(row), trust),
    from: days === 'all' ? null : new Date(now.getTime() - Number(days) * dayMs),
    now,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
  });
  return ok(alone(actor.personId, steps));
}
