/** Whether decisions about requests of people were proposed and approved by whom they say, on what stood on record. */
import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { readEvent, type RequestEvent } from '#lib/privacy/requests/event.ts';
import { eventsDigest } from '#lib/privacy/requests/events-digest.ts';
import { foldEvents, type Proposal, type Standing } from '#lib/privacy/requests/fold.ts';
import {
  requestStatement,
  type RequestStatement,
} from '#lib/privacy/requests/request-statement.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

/** What people wrote is not read: its commitment stands for it. */
export const withSigned = {
  id: true,
  number: true,
  right: true,
  events: {
    orderBy: { seq: 'asc' },
    include: {
      statement: true,
      texts: { select: { seq: true, field: true, commitment: true } },
    },
  },
} satisfies Prisma.PrivacyRequestSelect;
export type RequestRow = Prisma.PrivacyRequestGetPayload<{ select: typeof withSigned }>;
type EventRow = RequestRow['events'][number];
type SignedEvent = Extract<RequestEvent, { kind: 'proposed' | 'approved' }>;

/** Requests about which something was decided with a key, or should have been. */
export const isSigned = {
  events: { some: { kind: { in: ['proposed', 'approved'] } } },
} satisfies Prisma.PrivacyRequestWhereInput;

const scopeOf = { proposed: 'privacy:decide', approved: 'privacy:approve' } as const;

/** @returns every fault of one request, in the order of its events. */
export async function findRequestFaults(row: RequestRow, countingAt: CountingAt): Promise<Fault[]> {
  const events = readAll(row.events);
  if (events === null) return [{ subject: row.number, what: 'its events', fault: 'says-another' }];
  const faults: Fault[] = [];
  for (const event of events) {
    if (event.kind !== 'proposed' && event.kind !== 'approved') continue;
    const fault = await findFault(row, events, event, countingAt);
    if (fault) faults.push({ subject: row.number, what: `${event.kind} by ${event.actor}`, fault });
  }
  return faults;
}

/** Null where one says what no event says: whoever wrote it went past the program. */
function readAll(rows: readonly EventRow[]): RequestEvent[] | null {
  try {
    const events = rows.map(readEvent);
    foldEvents(events);
    return events;
  } catch {
    return null;
  }
}

async function findFault(
  row: RequestRow,
  events: readonly RequestEvent[],
  event: SignedEvent,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const kept = keptOf(row, event.seq);
  const writtenAt = Date.parse(event.at);
  const read = readPress(
    {
      statement: kept?.document ?? null,
      assertion: kept?.assertion ?? null,
      credentialId: kept?.credentialId ?? null,
      person: event.actor,
      writtenAt,
    },
    {
      schema: requestStatement,
      scope: scopeOf[event.kind],
      counting: await countingAt(writtenAt, event.actor),
    },
  );
  if ('fault' in read) return read.fault;
  const before = foldEvents(events.filter(({ seq }) => seq < event.seq));
  const proposal =
    event.kind === 'proposed'
      ? { ...event.facts, seq: event.seq, by: event.actor }
      : before.proposal;
  if (proposal === null) return 'out-of-turn';
  if (!isAbout(read.said, row, events, { event, before, proposal })) return 'says-another';
  return isOnePerson(row, event, before) ? 'one-person' : null;
}

const keptOf = ({ events }: RequestRow, seq: number) =>
  events.find((event) => event.seq === seq)?.statement ?? null;

/** The statement says what the request and the proposal say, and names by its digest all that came before. */
function isAbout(
  said: RequestStatement,
  row: RequestRow,
  events: readonly RequestEvent[],
  { event, before, proposal }: { event: SignedEvent; before: Standing; proposal: Proposal },
): boolean {
  const { seq, decision, grounds, earlier, package: sent, plan } = proposal;
  const texts = row.events.flatMap((one) => one.texts);
  const digest = eventsDigest(
    events.filter((one) => one.seq < seq),
    texts.filter((text) => text.seq < seq),
  );
  const reasons = texts.find((text) => text.seq === seq && text.field === 'reasons');
  // Between what was read and the key a warning may have come; nothing else may.
  const unread = events.filter((one) => one.seq > said.revision && one.seq < event.seq);
  return (
    said.request === row.id &&
    said.number === row.number &&
    said.right === row.right &&
    said.subject === (before.person?.id ?? null) &&
    said.step === event.kind &&
    said.person === event.actor &&
    said.revision < event.seq &&
    unread.every(({ actor }) => actor === 'system') &&
    said.events === digest &&
    event.facts.events === digest &&
    said.reasons === reasons?.commitment &&
    (event.kind === 'proposed' || event.facts.of === seq) &&
    isDeepStrictEqual(
      [said.decision, said.grounds, said.earlier, said.package, said.plan],
      [decision, grounds, earlier, sent, plan],
    )
  );
}

/** Another person with another key approves, and who gave an opinion decides nothing (GDPR Art 38(6)). */
function isOnePerson(row: RequestRow, event: SignedEvent, { advisers, proposal }: Standing) {
  if (advisers.has(event.actor)) return true;
  if (event.kind === 'proposed' || proposal === null) return false;
  const [own, others] = [event.seq, proposal.seq].map((seq) => keptOf(row, seq)?.credentialId);
  return proposal.by === event.actor || own === others;
}
