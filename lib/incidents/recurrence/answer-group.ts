/**
 * The incident as which a group of recurring incidents is at the desk: opened once, and kept in step with its members
 * while it is open. Its combined facts are entered by the system; people decide on them as on any other.
 */
import { randomUUID } from 'node:crypto';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { lastAt } from '../desk/act-on-incident.ts';
import { appendEvent } from '../desk/append-event.ts';
import { factEntry, type FactEntry } from '../desk/event.ts';
import type { StandingFact } from '../desk/fold.ts';
import { lockIncident, type IncidentFile } from '../desk/load-incident.ts';
import { openFile } from '../desk/open-file.ts';
import type { RecurringGroup } from '../recurring.ts';
import { assess, summaryOf } from '../worksheet/assess.ts';
import type { Facts } from '../worksheet/known-facts.ts';
import { entriesOf } from './group-entries.ts';

/** Links that one event carries, and one incident; a larger group is linked in part, and its figures are those of all. */
const linksOfEvent = 40;
const linksMax = 1_000;

type Entries = Readonly<Record<string, FactEntry>>;

/**
 * @param numbers of the members, by their ids.
 * @param taken incidents that stand for other groups of the same look; one stands for one group.
 * @returns the number of a new incident; null where the group is at the desk already.
 */
export async function answerGroup(
  tx: Tx,
  group: RecurringGroup,
  { numbers, taken, now }: { numbers: ReadonlyMap<string, string>; taken: Set<string>; now: Date },
): Promise<string | null> {
  const refs = group.ids.flatMap((id) => numbers.get(id) ?? []);
  const answered = new Set<string>();
  for (const answer of answersTo(await findAnswers(tx, refs), refs, group.root_cause)) {
    // What was closed answers those that it named; whoever came later makes another group of them all.
    if (!isOpen(answer) || taken.has(answer.id)) answer.members.forEach((ref) => answered.add(ref));
    else if (await follow(tx, answer.id, group, refs, now)) {
      taken.add(answer.id);
      return null;
    }
  }
  if (refs.every((ref) => answered.has(ref))) return null;
  const opened = await openGroup(tx, group, refs, now);
  taken.add(opened.id);
  return opened.number;
}

/** Those that stand for a group of this cause with any of these members, who shares most of them first. */
export function answersTo(
  answers: readonly Answer[],
  refs: readonly string[],
  cause: string,
): Answer[] {
  const asked = new Set(refs);
  const shared = ({ members }: Answer): number => members.filter((ref) => asked.has(ref)).length;
  return answers
    .filter((answer) => isSameCause(answer.cause, cause) && shared(answer) > 0)
    .toSorted((one, other) => shared(other) - shared(one));
}

export type Answer = {
  id: string;
  number: string;
  state: string;
  class: string;
  /** The cause that its members share, as the system entered it; people may have found another since. */
  cause: string;
  /** Numbers of the incidents that it is linked to. */
  members: string[];
};

/** Incidents that stand for groups with any of these members and were not dropped, the newest first. */
export async function findAnswers(tx: Tx, refs: readonly string[]): Promise<Answer[]> {
  const rows = await tx.incident.findMany({
    where: {
      source: 'recurring',
      standing: { state: { not: 'dropped' } },
      links: { some: { kind: 'incident', ref: { in: [...refs] } } },
    },
    select: {
      id: true,
      number: true,
      standing: { select: { state: true, class: true } },
      links: { where: { kind: 'incident' }, select: { ref: true } },
      events: {
        where: { kind: 'facts-recorded', actor: 'system' },
        orderBy: { seq: 'asc' },
        take: 1,
        select: { facts: true },
      },
    },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(({ id, number, standing, links, events }) => ({
    id,
    number,
    state: standing?.state ?? 'new',
    class: standing?.class ?? 'open',
    cause: causeOf(events[0]?.facts),
    members: links.map(({ ref }) => ref),
  }));
}

function causeOf(facts: unknown): string {
  const recorded = facts as { facts?: Record<string, unknown> } | undefined;
  const entry = factEntry.safeParse(recorded?.facts?.['root_cause']);
  return entry.success && typeof entry.data.value === 'string' ? entry.data.value : '';
}

/** Causes are codes of one list; they differ in nothing but how somebody wrote them. */
const isSameCause = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

const isOpen = ({ state }: Answer): boolean => state === 'new' || state === 'working';

/**
 * Links who joined, and enters what all of them come to now.
 * @returns false for a file that can't be read: it was written past this program, and stands for nobody.
 */
async function follow(
  tx: Tx,
  id: string,
  group: RecurringGroup,
  refs: readonly string[],
  now: Date,
): Promise<boolean> {
  const file = await lockReadable(tx, id);
  if (!file) return false;
  // Two clocks may differ; what comes later is never written as earlier.
  const at = new Date(Math.max(now.getTime(), lastAt(file)));
  const there = new Set(file.standing.links.map(({ ref }) => ref));
  const joined = refs.filter((ref) => !there.has(ref));
  const seq = await link(tx, file, joined.slice(0, Math.max(0, linksMax - there.size)), at);
  const changed = changedOf(entriesOf(group), file.standing.facts, joined.length > 0);
  if (Object.keys(changed).length > 0)
    await enter(tx, { ...file, seq }, changed, file.standing.facts, at);
  return true;
}

async function lockReadable(tx: Tx, id: string): Promise<IncidentFile | null> {
  try {
    return await lockIncident(tx, id);
  } catch (error) {
    log.error({ err: error, incident: id }, 'an incident of a recurring group can’t be read');
    return null;
  }
}

/**
 * What is entered anew. What a person entered stays: they may know that two members had the same clients. But once
 * somebody joins, the group is never less than major by what was entered before.
 */
function changedOf(entries: Entries, standing: Facts, hasJoined: boolean): Entries {
  const isOther = ([name, { value }]: [string, FactEntry]): boolean =>
    JSON.stringify(value) !== JSON.stringify(standing[name]?.value ?? null);
  const all = Object.entries(entries).filter(isOther);
  const own = Object.fromEntries(
    all.filter(([name]) => (standing[name]?.by ?? 'system') === 'system'),
  );
  const isMajor = summaryOf(assess('incident', { ...standing, ...standingOf(own) })).major;
  return isMajor || !hasJoined ? own : Object.fromEntries(all);
}

const standingOf = (entries: Entries, at = '', seq = 0): Record<string, StandingFact> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, { ...entry, by: 'system', at, seq }]),
  );

type About = Pick<IncidentFile, 'id' | 'number' | 'seq'>;

/** @returns number of the last event. */
async function link(tx: Tx, about: About, refs: readonly string[], at: Date): Promise<number> {
  let { seq } = about;
  for (let from = 0; from < refs.length; from += linksOfEvent) {
    const links = linksTo(refs.slice(from, from + linksOfEvent));
    seq = await appendEvent(
      tx,
      { ...about, seq },
      { kind: 'linked', by: 'system', at, facts: { links } },
    );
  }
  return seq;
}

const linksTo = (refs: readonly string[]) => refs.map((ref) => ({ kind: 'incident', ref }));

/** @returns number of the last event. */
async function enter(
  tx: Tx,
  about: About,
  facts: Entries,
  before: Facts,
  at: Date,
): Promise<number> {
  const seq = await appendEvent(tx, about, {
    kind: 'facts-recorded',
    by: 'system',
    at,
    facts: { facts },
  });
  const all = { ...before, ...standingOf(facts, at.toISOString(), seq) };
  const said = { of: seq, ...summaryOf(assess('incident', all)) };
  return appendEvent(tx, { ...about, seq }, { kind: 'assessed', by: 'system', at, facts: said });
}

async function openGroup(
  tx: Tx,
  group: RecurringGroup,
  refs: readonly string[],
  at: Date,
): Promise<{ id: string; number: string }> {
  const file = await openFile(tx, {
    id: randomUUID(),
    sort: 'incident',
    source: 'recurring',
    openedAt: at,
    openedBy: 'system',
    detectedAt: at,
    links: linksTo(refs.slice(0, linksOfEvent)),
    texts: {
      title: `${refs.length} incidents of the same cause within six months count as one major incident`,
    },
    at,
  });
  const seq = await enter(tx, { ...file, seq: 1 }, entriesOf(group), {}, at);
  await link(tx, { ...file, seq }, refs.slice(linksOfEvent, linksMax), at);
  return file;
}
