/** One run of one place: reads both sides, compares, and writes what it found in one transaction. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { unitsText } from '../amount-text.ts';
import { applyDifferences } from '../breaks/apply-differences.ts';
import { isOverLimit } from '../breaks/limit.ts';
import { compare, outcomeDigest } from '../matching/compare.ts';
import type { Difference } from '../matching/difference.ts';
import { inputsDigest, ordered } from '../matching/inputs.ts';
import { placeKey, type Place } from '../place.ts';
import type { OutsideSource } from '../sources/outside-source.ts';
import { carryText } from './carry.ts';
import { findCarry } from './find-carry.ts';
import { gatherLiabilities, gatherOutside, type GatherRefusal } from './gather-inputs.ts';

export type RunRefusal = GatherRefusal | 'too-many-differences' | 'run-overtaken';

/** A source that is so wrong floods nobody; people look at it first. */
const differencesMax = 2_000;
/** Shortfalls of a run in the log, the largest first. */
const loggedMax = 20;
/** Writing thousands of breaks takes longer than an ordinary change. */
const writeWithinMs = 60_000;

/**
 * @param source null for liabilities, which the books answer alone.
 * @returns the run's id.
 */
export async function makeRun(
  place: Place,
  source: OutsideSource | null,
  request: string,
  context: Pick<Context, 'db' | 'clock'>,
): Promise<Result<{ run: string }, RunRefusal>> {
  const { kind, asset } = place;
  const where = { kind, asset, place: place.place };
  const newest = { where, orderBy: { at: 'desc' }, select: { id: true } } as const;
  const before = await context.db.reconciliationRun.findFirst(newest);
  const began = context.clock();
  const carry = await findCarry(place, source, context.db);
  if (!carry.ok) return carry;
  const gathered = source
    ? await gatherOutside(place, source, carry.value, context)
    : await gatherLiabilities(place, context);
  if (!gathered.ok) return gathered;
  const inputs = ordered(gathered.value.inputs);
  const outcome = compare(inputs);
  logShortfalls(place, outcome.differences);
  if (outcome.differences.length > differencesMax)
    return refuse(
      'too-many-differences',
      `${placeKey(place)} has ${outcome.differences.length} differences, so something is wrong with the account or its source. Nothing was recorded; look at the source first.`,
    );
  const run = { id: randomUUID(), at: new Date(inputs.at), ...where };
  // A clock that was set back meanwhile.
  const beganAt = began < run.at ? began : run.at;
  return inTransaction(
    context.db,
    async (tx) => {
      // Runs of one place stand in one line: each goes on from the one before.
      await lockNamed(tx, `reconciliation ${placeKey(place)}`);
      const latest = await tx.reconciliationRun.findFirst(newest);
      if (latest?.id !== before?.id)
        return refuse('run-overtaken', 'Another run of this place came in between. Run it again.');
      await tx.reconciliationRun.create({
        data: {
          ...run,
          beganAt,
          requestId: request,
          ledgerPosition: inputs.ledger.position,
          outsidePosition: inputs.outside.position,
          ledgerBalance: outcome.ledgerBalance,
          outsideBalance: outcome.outsideBalance,
          matched: outcome.matched,
          breaks: outcome.differences.length,
          inputs: canonicalize(inputs),
          inputsDigest: inputsDigest(inputs),
          outcome: canonicalize(outcome),
          outcomeDigest: outcomeDigest(outcome),
          carry: carryText(outcome, gathered.value),
        },
        select: { id: true },
      });
      await applyDifferences(tx, run, outcome.differences);
      await appendAudit(tx, {
        kind: 'reconciliation-run',
        subject: run.id,
        actor: 'worker',
        at: run.at,
        facts: {
          place: placeKey(place),
          inputs: inputsDigest(inputs),
          outcome: outcomeDigest(outcome),
          matched: outcome.matched,
          breaks: outcome.differences.length,
        },
      });
      await publish(tx, { topic: 'reconciliation', id: run.id });
      return ok({ run: run.id });
    },
    { timeoutMs: writeWithinMs },
  );
}

/** The log is out of reach for whoever has the database, and who can hold up there what a run records. */
function logShortfalls(place: Place, differences: readonly Difference[]): void {
  const { asset } = place;
  const over = differences
    .filter(({ amount, cause }) => isOverLimit(asset, BigInt(amount), cause))
    .map(({ amount }) => -BigInt(amount))
    .toSorted((one, other) => (one < other ? 1 : -1));
  if (over.length === 0) return;
  log.error(
    {
      place: placeKey(place),
      asset,
      amounts: over.slice(0, loggedMax).map((amount) => unitsText(amount, asset)),
      shortfalls: over.length,
    },
    'less is there than the books say, beyond the limit',
  );
}
