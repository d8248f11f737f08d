import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { unitsText } from './amount-text.ts';
import type { Cause } from './matching/cause.ts';
import { signOf } from './matching/difference.ts';
import { sideDigest } from './matching/inputs.ts';
import type { Side } from './matching/item.ts';
import { starterText } from './list-runs.ts';
import { readInputs, readOutcome } from './runs/read-inputs.ts';

export type RunSideView = {
  source: string;
  position: string;
  balance: string;
  /** Movements that were not settled before this run. */
  items: number;
  digest: string;
  parts: { name: string; amount: string }[];
};

export type RunDifferenceView = {
  identity: string;
  cause: Cause;
  sign: 'shortfall' | 'surplus';
  amount: string;
  /** The break that it is; its number and where it stands now. */
  record: { id: string; number: string; state: string } | null;
};

export type RunView = {
  id: string;
  kind: string;
  asset: string;
  place: string;
  at: string;
  startedBy: string;
  matched: number;
  netted: number;
  difference: string;
  ledger: RunSideView;
  outside: RunSideView;
  rules: string[];
  inputsDigest: string;
  outcomeDigest: string;
  differences: RunDifferenceView[];
  /** All of them; the list above has the first. */
  differencesCount: number;
  repeats: { id: string; at: string; by: string; isSame: boolean }[];
};

const shownMax = 200;

/** One run with everything it rests on. */
export async function viewRun(
  actor: Actor,
  id: string,
  { db }: Context,
): Promise<Result<RunView, 'not-allowed' | 'run-unknown'>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const row = z.uuid().safeParse(id).success
    ? await db.reconciliationRun.findUnique({
        where: { id },
        include: {
          request: { select: { startedBy: true } },
          repeats: { orderBy: { at: 'desc' }, take: 20 },
        },
      })
    : null;
  if (!row) return refuse('run-unknown', 'There is no such run.');
  const [inputs, outcome] = [readInputs(row.inputs), readOutcome(row.outcome)];
  const shown = outcome.differences.slice(0, shownMax);
  const records = await db.breakRecord.findMany({
    where: { identity: { in: shown.map(({ identity }) => identity) } },
    select: { id: true, identity: true, number: true, state: true },
  });
  const byIdentity = new Map(records.map(({ identity, ...record }) => [identity, record]));
  const nameOf = await operatorNames(db);
  const { asset } = row;
  return ok({
    id: row.id,
    kind: row.kind,
    asset,
    place: row.place,
    at: row.at.toISOString(),
    startedBy: starterText(row.request.startedBy, nameOf),
    matched: outcome.matched,
    netted: outcome.netted,
    difference: unitsText(BigInt(outcome.difference), asset),
    ledger: sideView(inputs.ledger, asset),
    outside: sideView(inputs.outside, asset),
    rules: inputs.rules.map(({ name }) => name),
    inputsDigest: row.inputsDigest,
    outcomeDigest: row.outcomeDigest,
    differences: shown.map(({ identity, cause, amount }) => {
      const units = BigInt(amount);
      return {
        identity,
        cause,
        sign: signOf(units),
        amount: unitsText(units < 0n ? -units : units, asset),
        record: byIdentity.get(identity) ?? null,
      };
    }),
    differencesCount: outcome.differences.length,
    repeats: row.repeats.map((repeat) => ({
      id: repeat.id,
      at: repeat.at.toISOString(),
      by: nameOf(repeat.by),
      isSame: repeat.isSame,
    })),
  });
}

const sideView = (side: Side, asset: string): RunSideView => ({
  source: side.source,
  position: side.position,
  balance: unitsText(BigInt(side.balance), asset),
  items: side.items.length,
  digest: sideDigest(side),
  parts: side.parts
    .slice(0, shownMax)
    .map(({ name, amount }) => ({ name, amount: unitsText(BigInt(amount), asset) })),
});
