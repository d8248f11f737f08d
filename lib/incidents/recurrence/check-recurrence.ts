/**
 * Looks for recurring incidents (Delegated Regulation 2024/1772 Art 8(2)): monthly, and when facts change. What is
 * found comes to the desk as an incident of its own, since the group counts as one major incident.
 */
import { randomUUID } from 'node:crypto';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { appendEvent, incidentsTopic } from '../desk/append-event.ts';
import type { EventFacts } from '../desk/event.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { openFile } from '../desk/open-file.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { findRecurringGroups, type RecurringGroup } from '../recurring.ts';
import { assess, summaryOf } from '../worksheet/assess.ts';
import { entriesOf } from './group-entries.ts';
import { loadCandidates } from './load-candidates.ts';

/**
 * Six months count, and they may lie back: a cause is often found, and an incident noticed, long after it occurred. Two
 * years leave time for both; the rule itself sees to the six months.
 */
const monthsBack = 24;
/** Links that one opening carries; a larger group is linked in part and named by its size. */
const linksMax = 40;

export type Looked = { id: string; lookedAt: number; groups: number; opened: string[] };

/** @param by person id, or `schedule`. */
export function lookForRecurring(db: Database, by: string, now: Date): Promise<Looked> {
  return inTransaction(db, (tx) => look(tx, by, now), { timeoutMs: 60_000 });
}

async function look(tx: Tx, by: string, now: Date): Promise<Looked> {
  await lockNamed(tx, 'recurrence check');
  const since = new Date(now.getTime());
  since.setUTCMonth(since.getUTCMonth() - monthsBack);
  const candidates = await loadCandidates(tx, since);
  const profile = await loadProfile(tx);
  const groups = findRecurringGroups(candidates, {
    microenterprise: profile?.facts.isMicroenterprise ?? false,
  });
  const numbers = new Map(candidates.map(({ id, number }) => [id, number]));
  const opened: string[] = [];
  for (const group of groups) {
    const number = await answerGroup(tx, group, numbers, now);
    if (number !== null) opened.push(number);
  }
  const id = randomUUID();
  await tx.recurrenceCheck.create({
    data: {
      id,
      at: now,
      startedBy: by,
      fromDay: since,
      untilDay: now,
      lookedAt: candidates.length,
      groups: asJson(
        groups.slice(0, 200).map((group) => ({
          cause: group.root_cause,
          first: group.first,
          last: group.last,
          count: group.ids.length,
          incidents: group.ids.slice(0, 200).map((one) => numbers.get(one) ?? one),
          route: group.classification.route,
        })),
      ),
    },
    select: { id: true },
  });
  await publish(tx, { topic: incidentsTopic });
  return { id, lookedAt: candidates.length, groups: groups.length, opened };
}

/** Opens an incident for a group, or links new members to the one that there is. @returns the number of a new one. */
async function answerGroup(
  tx: Tx,
  group: RecurringGroup,
  numbers: ReadonlyMap<string, string>,
  now: Date,
): Promise<string | null> {
  const refs = group.ids.flatMap((id) => numbers.get(id) ?? []);
  const answers = await tx.incidentLink.findMany({
    where: {
      kind: 'incident',
      ref: { in: refs },
      incident: { source: 'recurring', standing: { state: { not: 'dropped' } } },
    },
    select: { incidentId: true },
    orderBy: { incidentId: 'asc' },
    take: 1,
  });
  const [answer] = answers;
  if (answer) await linkNewMembers(tx, answer.incidentId, refs, now);
  else return (await openGroup(tx, group, refs, now)).number;
  return null;
}

async function linkNewMembers(
  tx: Tx,
  id: string,
  refs: readonly string[],
  now: Date,
): Promise<void> {
  const file = await lockIncident(tx, id);
  if (!file) return;
  const there = new Set(file.standing.links.map(({ ref }) => ref));
  const links = refs.filter((ref) => !there.has(ref)).map((ref) => ({ kind: 'incident', ref }));
  if (links.length === 0 || there.size >= 200) return;
  await appendEvent(tx, file, {
    kind: 'linked',
    by: 'system',
    at: now,
    facts: { links: links.slice(0, linksMax) },
  });
}

async function openGroup(
  tx: Tx,
  group: RecurringGroup,
  refs: readonly string[],
  now: Date,
): Promise<{ id: string; number: string }> {
  const id = randomUUID();
  const file = await openFile(tx, {
    id,
    sort: 'incident',
    source: 'recurring',
    openedAt: now,
    openedBy: 'system',
    detectedAt: now,
    links: refs.slice(0, linksMax).map((ref) => ({ kind: 'incident', ref })),
    texts: {
      title: `${refs.length} incidents of the same cause within six months count as one major incident`,
    },
    at: now,
  });
  const facts: EventFacts<'facts-recorded'>['facts'] = entriesOf(group);
  const seq = await appendEvent(
    tx,
    { ...file, seq: 1 },
    { kind: 'facts-recorded', by: 'system', at: now, facts: { facts } },
  );
  const standing = Object.fromEntries(
    Object.entries(facts).map(([name, entry]) => [
      name,
      { ...entry, by: 'system', at: now.toISOString(), seq },
    ]),
  );
  await appendEvent(
    tx,
    { ...file, seq },
    {
      kind: 'assessed',
      by: 'system',
      at: now,
      facts: { of: seq, ...summaryOf(assess('incident', standing)) },
    },
  );
  return file;
}

/** A person asks for the look now. */
export async function checkRecurrence(actor: Actor, context: Context): Promise<Result<Looked>> {
  const refused = lacksScope(actor, 'incident:classify');
  if (refused) return refused;
  const now = context.clock();
  const last = await context.db.recurrenceCheck.findFirst({
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    select: { at: true },
  });
  if (last && now.getTime() - last.at.getTime() < 10_000)
    return refuse('just-looked', 'It was looked for just now. Wait a few seconds.');
  return ok(await lookForRecurring(context.db, actor.personId, now));
}
