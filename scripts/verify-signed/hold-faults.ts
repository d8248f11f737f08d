/** Whether legal holds were lifted by two people with their keys. */
import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { readHoldEvent } from '#lib/privacy/retention/holds/event.ts';
import { foldHold } from '#lib/privacy/retention/holds/fold.ts';
import { holdStatement, type HoldStatement } from '#lib/privacy/retention/holds/hold-statement.ts';
import { holdDigest } from '#lib/privacy/retention/holds/load-hold.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withLift = {
  id: true,
  number: true,
  standing: { select: { state: true } },
  events: {
    orderBy: { seq: 'asc' },
    include: {
      statement: true,
      texts: { select: { seq: true, field: true, commitment: true } },
    },
  },
} satisfies Prisma.PrivacyHoldSelect;
export type HoldRow = Prisma.PrivacyHoldGetPayload<{ select: typeof withLift }>;
type EventRow = HoldRow['events'][number];

const steps: ReadonlySet<string> = new Set(['lift-proposed', 'lifted']);

/** Holds about which something was signed, or should have been. */
export const isLifted = {
  OR: [
    { standing: { state: { in: ['lift-proposed', 'lifted'] } } },
    { events: { some: { kind: { in: [...steps] } } } },
  ],
} satisfies Prisma.PrivacyHoldWhereInput;

/**
 * @param from number of the first event that is looked at; those before only stand behind it.
 * @returns every fault of one hold, in the order of its events.
 */
export async function findHoldFaults(
  row: HoldRow,
  countingAt: CountingAt,
  from = 0,
): Promise<Fault[]> {
  const subject = `hold ${row.number}`;
  const faults: Fault[] = [];
  for (const event of row.events.filter(({ seq }) => seq >= from)) {
    const fault = steps.has(event.kind) && (await findFault(row, event, countingAt));
    if (fault) faults.push({ subject, what: `${event.kind} by ${event.actor}`, fault });
  }
  if (row.standing?.state === 'lifted' && !row.events.some(({ kind }) => kind === 'lifted'))
    faults.push({ subject, what: 'its lifting', fault: 'approval-unproved' });
  return faults;
}

async function findFault(
  row: HoldRow,
  event: EventRow,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const writtenAt = event.at.getTime();
  const { statement } = event;
  const read = readPress(
    {
      statement: statement?.document ?? null,
      assertion: statement?.assertion,
      credentialId: statement?.credentialId ?? null,
      person: event.actor,
      writtenAt,
    },
    {
      schema: holdStatement,
      scope: 'privacy:approve',
      counting: await countingAt(writtenAt, event.actor),
    },
  );
  if ('fault' in read) return read.fault;
  const proposal =
    event.kind === 'lift-proposed'
      ? event
      : row.events.findLast(({ kind, seq }) => kind === 'lift-proposed' && seq < event.seq);
  if (!proposal) return 'out-of-turn';
  if (!isAbout(read.said, row, { event, proposal })) return 'says-another';
  const isOne =
    event.kind === 'lifted' &&
    (proposal.actor === event.actor ||
      proposal.statement?.credentialId === statement?.credentialId);
  return isOne ? 'one-person' : null;
}

function isAbout(
  said: HoldStatement,
  row: HoldRow,
  { event, proposal }: Record<'event' | 'proposal', EventRow>,
): boolean {
  const events = row.events.map(readHoldEvent);
  const { opening } = foldHold(events);
  const texts = row.events.flatMap((one) => one.texts);
  const { hold, number, step, ground, covers, reasons, person, revision } = said;
  return (
    revision < event.seq &&
    isDeepStrictEqual(
      { hold, number, step, ground, covers, events: said.events, reasons, person },
      {
        hold: row.id,
        number: row.number,
        step: event.kind,
        ground: opening.ground,
        covers: opening.covers,
        events: holdDigest(events, texts, proposal.seq),
        reasons: proposal.texts.find(({ field }) => field === 'reasons')?.commitment,
        person: event.actor,
      },
    )
  );
}
