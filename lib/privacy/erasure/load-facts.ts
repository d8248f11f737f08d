/** Reads what stands against erasing somebody, out of indexes alone however much the books hold. */
import { endedOn } from '#lib/persons/end-of-tie.ts';
import { finalStates, operationStates } from '#lib/operations/states.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { standingHolds } from '../retention/standing-holds.ts';
import type { ErasureFacts } from './blockers.ts';
import { unansweredStates } from '../requests/life.ts';

/** What is under way is little, and found by its state. */
const openStates = operationStates.filter((state) => !finalStates.includes(state));

/** More than a person has in practice; who has more is not erased. */
const tiesMax = 200;
const requestsMax = 50;

/** @param except number of the request that asks for the erasure itself. */
export async function loadErasureFacts(
  tx: Tx,
  person: string,
  except: string | null = null,
): Promise<ErasureFacts> {
  const ties = await tx.personTie.findMany({
    where: { personId: person },
    select: { clientId: true, role: true, until: true, endsRecorded: true },
    orderBy: [
      { until: { sort: 'desc', nulls: 'first' } },
      { clientId: 'asc' },
      { role: 'asc' },
      { since: 'asc' },
    ],
    take: tiesMax + 1,
  });
  const ids = [...new Set(ties.map(({ clientId }) => clientId))];
  const requests = await tx.privacyRequestStanding.findMany({
    where: {
      personId: person,
      state: { in: [...unansweredStates] },
      ...(except !== null && { number: { not: except } }),
    },
    select: { number: true },
    orderBy: { number: 'asc' },
    take: requestsMax,
  });
  return {
    ties: ties.map(({ clientId, role, until, endsRecorded }) => ({
      client: clientId,
      isCustomer: role === 'client',
      endedOn: until && endedOn({ until, endsRecorded }),
    })),
    tooManyTies: ties.length > tiesMax ? tiesMax : null,
    clients: ids.length === 0 ? [] : await loadClients(tx, ids),
    operator: await loadOperator(tx, person),
    openRequests: requests.map(({ number }) => number),
    holds: await standingHolds(tx, person),
    hasTaxNumber:
      (await tx.personValue.count({ where: { personId: person, field: 'tax-number' } })) > 0,
    openCorrections: await tx.personCorrection.count({
      where: { personId: person, outcome: null },
    }),
  };
}

/** The newest line of each account is the last of its index, so nothing of the books is read but that. */
async function loadClients(tx: Tx, ids: readonly string[]): Promise<ErasureFacts['clients']> {
  const rows = await tx.$queryRaw<
    { client: string; last: Date | null; open: number; served: boolean; until: Date | null }[]
  >`
    select c.id as client,
      (select max(j.posted_at) from account a
        cross join lateral (select p.journal_id from posting p where p.account_id = a.id
          order by p.journal_id desc limit 1) p
        join journal j on j.id = p.journal_id where a.client_id = c.id) as last,
      (select count(*)::int from operation o
        where o.client_id = c.id and o.state = any (${openStates})) as open,
      exists (select from person_tie t where t.client_id = c.id and t.until is null) as served,
      (select max(tie_ended_on(t.until, t.ends_recorded)) from person_tie t where t.client_id = c.id) as until
    from client c where c.id = any (${[...ids]}) order by c.id`;
  return rows.map(({ client, last, open, served, until }) => ({
    client,
    lastRecordOn: last && dayOf(last),
    openOperations: open,
    isServed: served,
    servedUntil: until && dayOf(until),
  }));
}

async function loadOperator(tx: Tx, person: string): Promise<ErasureFacts['operator']> {
  const operator = await tx.operator.findUnique({
    where: { id: person },
    select: { status: true },
  });
  if (!operator) return null;
  // The first is of rows that never change; whatever is signed needs a session and a key, so nobody acted after all of these.
  const [[acted], seen, pressed] = await Promise.all([
    tx.$queryRaw<{ at: Date | null }[]>`select last_act_of(${person}) as at`,
    tx.session.aggregate({ where: { operatorId: person }, _max: { lastSeenAt: true } }),
    tx.credential.aggregate({ where: { operatorId: person }, _max: { lastUsedAt: true } }),
  ]);
  const acts = [acted?.at ?? null, seen._max.lastSeenAt, pressed._max.lastUsedAt];
  const last = acts.reduce((one, other) => (one && other && one > other ? one : (other ?? one)));
  return { isActive: operator.status !== 'suspended', lastActOn: last && dayOf(last) };
}
