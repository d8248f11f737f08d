/** Closings of breaks as they are verified: with what both people signed, and who counted then. */
import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { correctionDocument } from '#lib/protocol/correction.ts';
import { verifyCorrection, withProof } from '../corrections/approved-corrections.ts';
import { readJson } from '../proof/find-signer.ts';
import type { WhoCounted } from '../proof/who-counted.ts';
import {
  findClosingFault,
  type Closed,
  type ClosingFault,
  type ClosingStep,
} from './find-closing-fault.ts';

export const withBreak = { record: true, statement: true } satisfies Prisma.BreakEventInclude;

/** The event by which a break was closed by two people. */
export type AcceptedClosing = Prisma.BreakEventGetPayload<{ include: typeof withBreak }>;

const factsSchema = z.object({
  how: z.string(),
  journal: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
  correction: z.uuid().optional(),
});

type Sources = { db: Database; counted: WhoCounted };

/** @returns null where two people signed it, or the correction that closes it, by the roster of that moment. */
export async function verifyClosing(
  accepted: AcceptedClosing,
  sources: Sources,
): Promise<ClosingFault | null> {
  const { breakId, revision } = accepted;
  const proposed = await sources.db.breakEvent.findFirst({
    where: { breakId, what: 'proposed', revision: { lt: revision } },
    orderBy: { revision: 'desc' },
    include: withBreak,
  });
  const facts = factsSchema.safeParse(proposed?.facts);
  if (!proposed || !facts.success) return 'statement-missing';
  const { how, journal = null, correction } = facts.data;
  const { record } = accepted;
  const isStanding = await stands(accepted, sources.db);
  // What the row says is what pages show and sources count; the event tells only how it came to that.
  if (
    isStanding &&
    (record.closedBy !== how ||
      (record.proposedJournal?.toString() ?? null) !== journal ||
      record.proposedBy !== proposed.actor ||
      record.acceptedBy !== accepted.actor)
  )
    return 'other-closing';
  const closed: Closed = {
    break: breakId,
    how,
    journal,
    asset: record.asset,
    difference: isStanding ? { content: record.content, amount: record.amount.toFixed(0) } : null,
  };
  if (correction !== undefined)
    return findFaultByCorrection(closed, { correction, proposed, accepted }, sources);
  const [one, other] = [await stepOf(proposed, sources), await stepOf(accepted, sources)];
  const fault = findClosingFault(closed, { proposed: one, accepted: other });
  if (fault || how === 'explanation') return fault;
  return findFaultByJournal(closed, sources);
}

/** Whether the break is closed by this, and not by another closing or by none. */
async function stands({ breakId, revision, record }: AcceptedClosing, db: Database) {
  if (record.state !== 'closed' || record.closedBy === 'match') return false;
  const later = await db.breakEvent.findFirst({
    where: { breakId, what: 'accepted', revision: { gt: revision } },
    select: { id: true },
  });
  return later === null;
}

async function stepOf(event: AcceptedClosing, { counted }: Sources): Promise<ClosingStep> {
  const { actor, revision, statement, at, writtenAt: written } = event;
  const writtenAt = (written ?? at).getTime();
  const counting = await counted.at(writtenAt, [actor]);
  return { actor, revision, statement, writtenAt, counting };
}

/** Both signed about it when they raised and approved the correction, of the difference as it was. */
async function findFaultByCorrection(
  closed: Closed,
  {
    correction: id,
    proposed,
    accepted,
  }: { correction: string; proposed: AcceptedClosing; accepted: AcceptedClosing },
  { db, counted }: Sources,
): Promise<ClosingFault | null> {
  const correction = await db.ledgerCorrection.findUnique({ where: { id }, include: withProof });
  const document = correctionDocument.safeParse(readJson(correction?.document ?? ''));
  if (correction?.state !== 'approved' || !document.success) return 'correction-unproved';
  const answered = document.data.break;
  if (
    document.data.correction !== id ||
    answered?.id !== closed.break ||
    (closed.difference !== null && answered.content !== closed.difference.content) ||
    closed.how !== 'correction' ||
    correction.journal?.toString() !== closed.journal ||
    correction.raisedBy !== proposed.actor ||
    correction.endedBy !== accepted.actor
  )
    return 'other-correction';
  return (await verifyCorrection(correction, counted)) && 'correction-unproved';
}

async function findFaultByJournal(
  { how, journal }: Closed,
  { db, counted }: Sources,
): Promise<ClosingFault | null> {
  const correction =
    how === 'correction' && journal !== null
      ? await db.ledgerCorrection.findUnique({
          where: { journal: BigInt(journal) },
          include: withProof,
        })
      : null;
  if (correction?.state !== 'approved' || (await verifyCorrection(correction, counted)))
    return 'correction-unproved';
  return null;
}
