/** Drills that people held by hand, as tests of plans that name their kind. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { doneStates, planTestFacts } from '../kinds/plan-test.ts';
import type { DrillKind } from './kinds.ts';
import type { DrillStanding } from './overdue.ts';

/** The newest by number: years of them. */
const testsMax = 200;

/** Only a test that passed counts as passed; one that passed in part tells of it and is held again. */
export async function loadHandDrills(
  tx: Pick<Tx, 'resilienceCurrent'>,
  kind: DrillKind,
): Promise<DrillStanding> {
  const rows = await tx.resilienceCurrent.findMany({
    where: {
      kind: 'plan-test',
      retired: false,
      state: { in: [...doneStates] },
      facts: { path: ['drillKind'], equals: kind },
    },
    orderBy: { number: 'desc' },
    take: testsMax,
    select: { recordId: true, number: true, state: true, facts: true },
  });
  const held = rows
    .flatMap(({ recordId, number, state, facts }) => {
      const { doneOn } = planTestFacts.parse(facts);
      if (doneOn === null) return [];
      const outcome = state === 'partly' ? 'passed in part only' : 'failed';
      return [
        {
          id: recordId,
          // Of the whole day is known only that it is over.
          endedAt: new Date(`${doneOn}T23:59:59.999Z`),
          passed: state === 'passed',
          reason: state === 'passed' ? null : `the test ${number} ${outcome}.`,
        },
      ];
    })
    .toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime());
  return {
    kind,
    newest: held[0] ?? null,
    passedAt: held.find(({ passed }) => passed)?.endedAt ?? null,
  };
}
