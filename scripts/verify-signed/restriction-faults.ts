/** Whether restrictions of people's data were lifted by two people, after the person was told. */
import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import {
  restrictionStatement,
  type RestrictionStatement,
} from '#lib/privacy/restriction/restriction-statement.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withLifting = {
  id: true,
  personId: true,
  ground: true,
  fields: true,
  since: true,
  state: true,
  request: { select: { number: true } },
  events: { orderBy: { seq: 'asc' } },
} satisfies Prisma.PersonRestrictionSelect;
export type RestrictionRow = Prisma.PersonRestrictionGetPayload<{ select: typeof withLifting }>;
type EventRow = RestrictionRow['events'][number];

/** Restrictions about which something was signed, or should have been. */
export const isLifting = {
  OR: [
    { state: { in: ['lift-proposed', 'lifted'] } },
    { events: { some: { kind: { in: ['lift-proposed', 'lifted'] } } } },
  ],
} satisfies Prisma.PersonRestrictionWhereInput;

const scopeOf: Readonly<Record<string, 'privacy:decide' | 'privacy:approve'>> = {
  'lift-proposed': 'privacy:decide',
  lifted: 'privacy:approve',
};

/**
 * @param from number of the first event that is looked at; those before only stand behind it.
 * @returns every fault of one restriction, in the order of its events.
 */
export async function findRestrictionFaults(
  row: RestrictionRow,
  countingAt: CountingAt,
  from = 0,
): Promise<Fault[]> {
  const subject = `the restriction of ${row.request.number}`;
  const faults: Fault[] = [];
  for (const event of row.events.filter(({ seq }) => seq >= from)) {
    const scope = scopeOf[event.kind];
    const fault = scope && (await findFault(row, event, scope, countingAt));
    if (fault) faults.push({ subject, what: `${event.kind} by ${event.actor}`, fault });
  }
  if (row.state === 'lifted' && !row.events.some(({ kind }) => kind === 'lifted'))
    faults.push({ subject, what: 'its lifting', fault: 'approval-unproved' });
  return faults;
}

async function findFault(
  row: RestrictionRow,
  event: EventRow,
  scope: 'privacy:decide' | 'privacy:approve',
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const writtenAt = event.at.getTime();
  const read = readPress(
    {
      statement: event.document,
      assertion: event.assertion,
      credentialId: event.credentialId,
      person: event.actor,
      writtenAt,
    },
    { schema: restrictionStatement, scope, counting: await countingAt(writtenAt, event.actor) },
  );
  if ('fault' in read) return read.fault;
  const before = row.events.filter(({ seq }) => seq < event.seq);
  const told = before.find(({ kind }) => kind === 'told');
  const proposal = before.findLast(({ kind }) => kind === 'lift-proposed');
  if (!told?.toldAt || (event.kind === 'lifted' && !proposal)) return 'out-of-turn';
  if (!isAbout(read.said, row, event, told.toldAt)) return 'says-another';
  const isOne =
    event.kind === 'lifted' &&
    (proposal?.actor === event.actor || proposal?.credentialId === event.credentialId);
  return isOne ? 'one-person' : null;
}

const isAbout = (
  said: RestrictionStatement,
  row: RestrictionRow,
  event: EventRow,
  toldAt: Date,
): boolean =>
  isDeepStrictEqual(
    {
      restriction: said.restriction,
      request: said.request,
      subject: said.subject,
      step: said.step,
      ground: said.ground,
      fields: said.fields,
      since: said.since,
      toldAt: said.toldAt,
      revision: said.revision,
      person: said.person,
    },
    {
      restriction: row.id,
      request: row.request.number,
      subject: row.personId,
      step: event.kind,
      ground: row.ground,
      fields: row.fields,
      since: row.since.toISOString(),
      toldAt: toldAt.toISOString(),
      revision: event.seq - 1,
      person: event.actor,
    },
  );
