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
import { incidentsTopic } from '../desk/append-event.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { findRecurringGroups } from '../recurring.ts';
import { answerGroup } from './answer-group.ts';
import { loadCandidates } from './load-candidates.ts';

/**
 * Six months count, and they may lie back: a cause is often found, and an incident noticed, long after it occurred. Two
 * years leave time for both; the rule itself sees to the six months.
 */
const monthsBack = 24;

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
  const taken = new Set<string>();
  for (const group of groups) {
    const number = await answerGroup(tx, group, { numbers, taken, now });
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
