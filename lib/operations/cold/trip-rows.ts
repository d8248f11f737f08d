/** How the worker reads a trip and writes what became of it. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Outgoing } from '#lib/mpc/client/cold-documents.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Stop } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import type { TripProgress } from './trip-progress.ts';
import { openTripStates, type TripState } from './trip-states.ts';

const include = { documents: { orderBy: { id: 'asc' } } } as const;
export type TripRow = Prisma.ColdTripGetPayload<{ include: typeof include }>;
export type TripDocument = TripRow['documents'][number];

/** The trip that is under way for an operation's present attempt, or null while nobody ordered one. */
export const findOpenTrip = (
  db: Database | Tx,
  { id, attempt }: Pick<OperationRow, 'id' | 'attempt'>,
): Promise<TripRow | null> =>
  db.coldTrip.findFirst({
    where: { operationId: id, attempt, state: { in: [...openTripStates] } },
    include,
  });

/** An answer that somebody brought and nobody has looked into yet. */
export const isFresh = ({ answer, answerDigest, refusedDigest, takenAt }: TripDocument): boolean =>
  answer !== null && takenAt === null && answerDigest !== refusedDigest;

/**
 * Moves a trip on, or writes down how far it is.
 * @returns false when somebody replaced it meanwhile.
 */
export async function moveTrip(
  tx: Tx,
  trip: Pick<TripRow, 'id' | 'operationId' | 'state'>,
  to: { state: TripState; progress?: TripProgress; stop?: Stop },
  now: Date,
): Promise<boolean> {
  const { state, progress, stop } = to;
  const { count } = await tx.coldTrip.updateMany({
    where: { id: trip.id, state: trip.state },
    data: {
      state,
      stateChangedAt: now,
      ...(progress ? { progress: asJson(progress) } : {}),
      ...(stop ? { stopCode: stop.code, stopParty: stop.party, stopSentence: stop.sentence } : {}),
    },
  });
  if (count === 0) return false;
  if (state !== trip.state)
    await appendAudit(tx, {
      kind: 'cold-trip-moved',
      subject: trip.operationId,
      actor: 'worker',
      at: now,
      facts: { trip: trip.id, from: trip.state, to: state, stopCode: stop?.code ?? null },
    });
  await publish(tx, { topic: 'operations', id: trip.operationId });
  return true;
}

/** Writes down a document that leaves, once however often it is made. */
export async function keepDocument(
  tx: Tx,
  trip: string,
  of: { document: Outgoing; kind: string; leg: string; step: number },
  now: Date,
): Promise<void> {
  const { document, kind, leg, step } = of;
  const { to, text, digest, fileName, expiresAt } = document;
  await tx.coldDocument.createMany({
    data: [
      {
        tripId: trip,
        party: to,
        kind,
        leg,
        step,
        document: text,
        digest,
        fileName,
        madeAt: now,
        expiresAt: new Date(expiresAt),
      },
    ],
    skipDuplicates: true,
  });
}

/** Says why an answer was not what was needed. The document stays out for another one. */
export async function noteRefusedAnswer(
  tx: Tx,
  { id, answerDigest }: TripDocument,
  stop: Stop,
): Promise<void> {
  await tx.coldDocument.update({
    where: { id },
    data: {
      refusedDigest: answerDigest,
      refusalCode: stop.code,
      refusalParty: stop.party,
      refusalSentence: stop.sentence,
    },
  });
}
