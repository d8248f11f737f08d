/** Trips as the web server reads them from the records. */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { asState } from '../states.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { asTripState } from './trip-states.ts';
import {
  documentStatus,
  tripStage,
  type DocumentStatus,
  type OpenDocument,
  type TripStage,
} from './trip-stage.ts';

/** Without the documents themselves, which are long. */
export const documentLine = {
  id: true,
  party: true,
  kind: true,
  step: true,
  digest: true,
  fileName: true,
  madeAt: true,
  expiresAt: true,
  answerDigest: true,
  answeredBy: true,
  answeredAt: true,
  takenAt: true,
  refusedDigest: true,
  refusalCode: true,
  refusalParty: true,
  refusalSentence: true,
} as const satisfies Prisma.ColdDocumentSelect;
export type DocumentLine = Prisma.ColdDocumentGetPayload<{ select: typeof documentLine }>;

export const statusOf = (line: DocumentLine): DocumentStatus =>
  documentStatus({
    isTaken: line.takenAt !== null,
    hasAnswer: line.answerDigest !== null,
    isRefused: line.answerDigest !== null && line.answerDigest === line.refusedDigest,
  });

/** Which document of its party a document is, from 1. */
export const ordinalOf = (lines: readonly DocumentLine[], { id, party }: DocumentLine): number =>
  lines.filter((line) => line.party === party && line.id <= id).length;

/** @param trip the newest of the operation's present attempt. */
export function stageOf(
  operation: { kind: string; state: string },
  trip: { state: string; documents: readonly DocumentLine[] } | null,
): { stage: TripStage; open: OpenDocument[] } {
  const lines = trip?.documents ?? [];
  const stage = tripStage({
    kind: intentKind.parse(operation.kind),
    state: asState(operation.state),
    trip: trip ? asTripState(trip.state) : null,
    documents: lines.map(statusOf),
  });
  const open = lines.flatMap((line) =>
    line.takenAt === null
      ? [{ party: line.party, ordinal: ordinalOf(lines, line), status: statusOf(line) }]
      : [],
  );
  return { stage, open };
}
