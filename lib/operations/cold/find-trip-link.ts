/** Whether an operation goes by documents to cold parties, and how far that is, for its own page. */
import type { Database } from '#lib/platform/db/client.ts';
import { intentKind, isCoinKind } from '#lib/protocol/intent-kinds.ts';
import { splitMembers } from './cold-members.ts';
import { documentLine, stageOf } from './read-trips.ts';
import { stageWords, type TripStage } from './trip-stage.ts';
import type { OperationRow } from '../load-standing.ts';
import type { Trust } from '../trust.ts';

export type TripLinkView = {
  /** Names of the parties without a network that take part. */
  parties: string[];
  stage: TripStage;
  words: string;
};

/** @param members parties with a share of its key. @returns null for what takes no trip. */
export async function findTripLink(
  row: OperationRow,
  members: readonly string[],
  trust: Trust | null,
  db: Database,
): Promise<TripLinkView | null> {
  const { cold } = trust ? splitMembers(trust.roster, members) : { cold: [] };
  if (cold.length === 0) return null;
  const trip = await db.coldTrip.findFirst({
    where: { operationId: row.id, attempt: row.attempt },
    orderBy: { orderedAt: 'desc' },
    select: { state: true, documents: { orderBy: { id: 'asc' }, select: documentLine } },
  });
  const { stage, open } = stageOf(row, trip);
  const words = stageWords(stage, open, isCoinKind(intentKind.parse(row.kind)) ? 'Signed' : 'Done');
  return { parties: cold, stage, words };
}
