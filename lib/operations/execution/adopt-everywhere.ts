/** cosigned → done for roster changes and destinations: every party that should be on adopts first. */
import { adopt } from '#lib/mpc/client/party-client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import {
  canonicalize,
  digestOf,
  type DestinationListingIntent,
  type RosterChangeIntent,
} from '#lib/protocol/intent.ts';
import { bundleOf } from '../load-bundle.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { applyRoster } from './apply-roster.ts';
import { holdRefused } from './hold-refused.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * Parties that are meant to be off are not waited for: they catch up by verifying each version
 * when they are next on (`catch-up.ts`).
 */
export async function adoptEverywhere(
  row: OperationRow,
  intent: RosterChangeIntent | DestinationListingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const bundle = bundleOf(row);
  for (const party of context.parties) {
    const adopted = await adopt(party, bundle);
    if (adopted.ok) await noteAdoption(context, row.id, party.name, adopted.value);
    else if (!isExpectedAbsence(party.expected, adopted.refusal))
      return holdRefused(row, adopted, context);
  }
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const moved = await changeState(tx, { operation: row.id, from: 'cosigned', to: 'done' }, now);
    if (moved) await takeEffect(tx, row.id, intent, now);
    return moved;
  });
}

export const isExpectedAbsence = (expected: 'online' | 'offline', refusal: string): boolean =>
  expected === 'offline' && (refusal === 'party-unreachable' || refusal === 'party-timeout');

/** The party's signed receipt lets one that was off catch up after the statements have aged. */
export async function noteAdoption(
  context: WorkerContext,
  operation: string,
  party: string,
  receipt: object,
): Promise<void> {
  await context.db.partyAdoption.createMany({
    data: [{ operationId: operation, party, receipt, adoptedAt: context.clock() }],
    skipDuplicates: true,
  });
}

async function takeEffect(
  tx: Tx,
  operation: string,
  intent: RosterChangeIntent | DestinationListingIntent,
  now: Date,
): Promise<void> {
  if (intent.kind === 'destination-listing') {
    await tx.destination.update({
      where: { id: intent.destination.id },
      data: { state: 'listed', listedAt: now },
    });
    return;
  }
  const { roster } = intent;
  await tx.rosterVersion.create({
    data: {
      version: roster.version,
      digest: digestOf(roster),
      document: canonicalize(roster),
      operationId: operation,
      adoptedAt: now,
    },
  });
  await applyRoster(tx, roster, now);
}
