/** Changes of roster or policy that were raised and are not in force yet. */
import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { waitsFor } from './list-operations.ts';
import { standingInclude, standingOf } from './standing-of.ts';
import { finalStates, type OperationState } from './states.ts';

/** An operation as links name it. */
export type OperationLine = { id: string; number: string };

export type WaitingChange = OperationLine & {
  state: OperationState;
  /** "One approver of Control" */
  waitsFor: string;
  version: number;
  raisedBy: string;
  raisedAt: string;
  /** While it waits out its time-lock: when it takes effect. */
  waitingUntil: string | null;
};

const listMax = 100;

const versioned = z.object({ version: z.number() });
const intentShape = z.union([
  z.object({ policy: versioned }).transform(({ policy }) => policy.version),
  z.object({ roster: versioned }).transform(({ roster }) => roster.version),
]);

/** Newest first. @param of.roster by which statements count at the moment. */
export async function loadWaitingChanges(
  kind: 'policy-change' | 'roster-change',
  db: Database,
  nameOf: (person: string) => string,
  { roster, at }: { roster: Roster; at: Date },
): Promise<WaitingChange[]> {
  const rows = await db.operation.findMany({
    where: { kind, state: { notIn: [...finalStates] } },
    include: standingInclude,
    orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }],
    take: listMax,
  });
  return rows.map((row) => {
    const standing = standingOf(row, { roster, at });
    return {
      id: row.id,
      number: row.number,
      state: standing.state,
      waitsFor: waitsFor(standing, row.stopSentence),
      version: intentShape.parse(JSON.parse(row.intent)),
      raisedBy: nameOf(row.raisedBy),
      raisedAt: row.raisedAt.toISOString(),
      waitingUntil: standing.waitingUntil?.toISOString() ?? null,
    };
  });
}
