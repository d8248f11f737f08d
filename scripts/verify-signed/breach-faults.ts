/** Whether what was decided about breaches of personal data was signed by whom they say, word for word. */
import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { breachStatement, type BreachStatement } from '#lib/privacy/breaches/breach-statement.ts';
import { readBreachEvent, type BreachEvent } from '#lib/privacy/breaches/event.ts';
import { signedKinds } from '#lib/privacy/breaches/life.ts';
import { breachDigest } from '#lib/privacy/breaches/load-breach.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withBreachDecided = {
  id: true,
  number: true,
  standing: { select: { clearedAt: true, state: true } },
  events: {
    orderBy: { seq: 'asc' },
    include: {
      statement: true,
      texts: { select: { seq: true, field: true, commitment: true } },
    },
  },
} satisfies Prisma.PrivacyBreachSelect;
export type BreachRow = Prisma.PrivacyBreachGetPayload<{ select: typeof withBreachDecided }>;
type EventRow = BreachRow['events'][number];
/** The row with what its digests are made of, read once. */
type Read = BreachRow & {
  said: readonly BreachEvent[];
  commitments: EventRow['texts'];
};

const steps: ReadonlySet<string> = new Set(signedKinds);
const dismissals: ReadonlySet<string> = new Set(['dismissal-approved', 'dismissed']);
/** What a second person decides, by what it was proposed. */
const proposedBy: ReadonlyMap<string, string> = new Map([
  ['clearance-approved', 'clearance-proposed'],
  ['dismissal-approved', 'dismissal-proposed'],
  ['persons-agreed', 'persons-decided'],
]);

/** Breaches about which something was signed, or should have been. */
export const isBreachDecided = {
  OR: [
    { standing: { NOT: { clearedAt: null } } },
    { standing: { state: 'not-a-breach' } },
    { events: { some: { kind: { in: [...signedKinds] } } } },
  ],
} satisfies Prisma.PrivacyBreachWhereInput;

/** @returns every fault of one breach, in the order of its events. */
export async function findBreachFaults(row: BreachRow, countingAt: CountingAt): Promise<Fault[]> {
  const subject = `breach ${row.number}`;
  const faults: Fault[] = [];
  const read: Read = {
    ...row,
    said: row.events.map(readBreachEvent),
    commitments: row.events.flatMap(({ texts }) => texts),
  };
  for (const event of row.events) {
    const fault = steps.has(event.kind) && (await findFault(read, event, countingAt));
    if (fault) faults.push({ subject, what: `${event.kind} by ${event.actor}`, fault });
  }
  const isCleared = (row.standing?.clearedAt ?? null) !== null;
  if (isCleared && !row.events.some(({ kind }) => kind === 'clearance-approved'))
    faults.push({
      subject,
      what: 'that the authority was not notified',
      fault: 'approval-unproved',
    });
  // One that was found to be none before that took two people has its own event.
  const isDismissed = row.standing?.state === 'not-a-breach';
  if (isDismissed && !row.events.some(({ kind }) => dismissals.has(kind)))
    faults.push({ subject, what: 'that it was no breach', fault: 'approval-unproved' });
  return faults;
}

async function findFault(
  row: Read,
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
      schema: breachStatement,
      scope: 'privacy:approve',
      counting: await countingAt(writtenAt, event.actor),
    },
  );
  if ('fault' in read) return read.fault;
  if (!isAbout(read.said, row, event)) return 'says-another';
  const proposal = proposedBy.get(event.kind);
  return proposal === undefined ? null : findOnePerson(row, event, proposal);
}

/** The statement has the facts of the event, and names by its digest all that came before. */
function isAbout(said: BreachStatement, row: Read, event: EventRow): boolean {
  const { breach, number, step, facts, texts, events, person, revision } = said;
  return isDeepStrictEqual(
    { breach, number, step, facts, events, person, revision, texts: new Set(texts.map(textKey)) },
    {
      breach: row.id,
      number: row.number,
      step: event.kind,
      facts: event.facts,
      events: breachDigest(row.said, row.commitments, event.seq),
      person: event.actor,
      revision: event.seq - 1,
      texts: new Set(event.texts.map(textKey)),
    },
  );
}

const textKey = ({ field, commitment }: { field: string; commitment: string }): string =>
  `${field} ${commitment}`;

/** Another person with another key decides what was proposed. */
function findOnePerson(row: BreachRow, event: EventRow, proposedAs: string): KeptFault | null {
  const proposal = row.events.findLast(({ kind, seq }) => kind === proposedAs && seq < event.seq);
  if (!proposal || (event.facts as { of?: number }).of !== proposal.seq) return 'out-of-turn';
  const isOne =
    proposal.actor === event.actor ||
    proposal.statement?.credentialId === event.statement?.credentialId;
  return isOne ? 'one-person' : null;
}
