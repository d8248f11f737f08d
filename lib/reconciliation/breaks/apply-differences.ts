/** Takes what a run found into the breaks of its place: new ones, changed ones, and those that are gone. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { emitEvent } from '#lib/platform/db/outbox.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { isRetryable, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { unitsText } from '../amount-text.ts';
import { subjectOf, type Difference } from '../matching/difference.ts';
import type { Place } from '../place.ts';
import { lifeOf, proposalColumns, type BreakRow } from './break-row.ts';
import { dueOf } from './due.ts';
import { stepBreak, type BreakLife } from './lifecycle.ts';
import { isOverLimit } from './limit.ts';

type Run = Place & { id: string; at: Date };

/** What was found about the signatures of its newest closing. */
const withClosing = {
  events: {
    where: { what: 'accepted' },
    orderBy: { revision: 'desc' },
    take: 1,
    select: { check: { select: { fault: true } } },
  },
} satisfies Prisma.BreakRecordInclude;
type WithClosing = Prisma.BreakRecordGetPayload<{ include: typeof withClosing }>;

/** Items of each side that a break's row shows; the run keeps them all. */
const shownMax = 100;

export async function applyDifferences(
  tx: Tx,
  run: Run,
  differences: readonly Difference[],
): Promise<void> {
  const { kind, asset, place } = run;
  const identities = differences.map(({ identity }) => identity);
  // Locked, so that nobody decides on a break while a run moves it.
  await tx.$queryRaw`select id from break_record
    where kind = ${kind} and asset = ${asset} and place = ${place} order by id for no key update`;
  const rows = await tx.breakRecord.findMany({
    where: {
      kind,
      asset,
      place,
      OR: [
        { state: { not: 'closed' } },
        { identity: { in: identities } },
        { closedBy: { not: 'match' }, events: { some: { check: { fault: { not: null } } } } },
      ],
    },
    include: withClosing,
  });
  const opened: BreakRow[] = [];
  for (const row of rows) opened.push(await openUnproved(tx, run, row));
  const known = new Map(opened.map((row) => [row.identity, row]));
  for (const difference of differences) {
    const row = known.get(difference.identity);
    if (row) await findAgain(tx, run, row, difference);
    else await openBreak(tx, run, difference);
  }
  const found = new Set(identities);
  for (const row of opened)
    if (!found.has(row.identity) && row.state !== 'closed') await closeMatched(tx, run, row);
}

const sidesOf = ({ ledger, outside }: Difference) => ({
  ledger: ledger.slice(0, shownMax),
  outside: outside.slice(0, shownMax),
});

async function openBreak(tx: Tx, run: Run, difference: Difference): Promise<void> {
  const amount = BigInt(difference.amount);
  const { cause, content, identity, ledger, outside } = difference;
  const [numbered] = await tx.$queryRaw<{ number: string }[]>`
    select 'BR-' || lpad(nextval('break_record_number')::text, 6, '0') as number`;
  if (!numbered) throw new Error('The database gave no number for a break.');
  const row = await tx.breakRecord.create({
    data: {
      id: randomUUID(),
      number: numbered.number,
      identity,
      kind: run.kind,
      asset: run.asset,
      place: run.place,
      subject: subjectOf(ledger, outside).slice(0, 2000),
      cause,
      amount: difference.amount,
      content,
      sides: sidesOf(difference),
      foundAt: run.at,
      foundRun: run.id,
      lastRun: run.id,
      dueAt: dueOf({ amount, cause, at: run.at }),
      overLimit: isOverLimit(run.asset, amount, cause),
    },
  });
  await record(tx, run, row, 'found', { cause, amount: difference.amount });
  if (row.overLimit) await tellOverLimit(tx, run, row);
}

/** Opens what nobody is shown to have closed, whether the run still finds it or not. */
async function openUnproved(tx: Tx, run: Run, row: WithClosing): Promise<BreakRow> {
  const before = lifeOf(row);
  const isUnproved = (row.events[0]?.check?.fault ?? null) !== null;
  const after = isUnproved ? moved(before, { what: 'unproved' }) : before;
  if (after.state === before.state) return row;
  const opened = await tx.breakRecord.update({
    where: { id: row.id },
    data: {
      state: after.state,
      closedBy: null,
      closedAt: null,
      acceptedBy: null,
      lastRun: run.id,
      revision: row.revision + 1,
      ...proposalColumns(after),
    },
  });
  await record(tx, run, opened, 'reopened', { closing: 'unproved' });
  return opened;
}

async function findAgain(tx: Tx, run: Run, row: BreakRow, difference: Difference): Promise<void> {
  const { cause, content } = difference;
  const amount = BigInt(difference.amount);
  const before = lifeOf(row);
  const after = moved(before, { what: 'found', cause, content });
  const what = whatHappened(before, after);
  if (what === null) {
    await tx.breakRecord.update({ where: { id: row.id }, data: { lastRun: run.id } });
    return;
  }
  const overLimit = isOverLimit(run.asset, amount, cause);
  const wasOver = row.overLimit && before.state !== 'closed';
  const isClosed = after.state === 'closed';
  const changed = await tx.breakRecord.update({
    where: { id: row.id },
    data: {
      cause,
      content,
      amount: difference.amount,
      sides: sidesOf(difference),
      lastRun: run.id,
      dueAt: dueOf({ amount, cause, at: what === 'reopened' ? run.at : row.foundAt }),
      overLimit,
      revision: row.revision + 1,
      state: after.state,
      ...(isClosed
        ? {}
        : { closedBy: null, closedAt: null, acceptedBy: null, ...proposalColumns(after) }),
    },
  });
  await record(tx, run, changed, what, { cause, amount: difference.amount });
  if (overLimit && !wasOver && !isClosed) await tellOverLimit(tx, run, changed);
}

function whatHappened(before: BreakLife, after: BreakLife): 'changed' | 'reopened' | null {
  if (before.state === 'closed' && after.state !== 'closed') return 'reopened';
  return before.content === after.content && before.cause === after.cause ? null : 'changed';
}

async function closeMatched(tx: Tx, run: Run, row: BreakRow): Promise<void> {
  const after = moved(lifeOf(row), { what: 'matched' });
  const closed = await tx.breakRecord.update({
    where: { id: row.id },
    data: {
      state: after.state,
      closedBy: after.closedBy,
      closedAt: run.at,
      lastRun: run.id,
      revision: row.revision + 1,
      ...proposalColumns(after),
    },
  });
  await record(tx, run, closed, 'matched', {});
}

/** Runs are never refused; the machine says so too. */
function moved(life: BreakLife, event: Parameters<typeof stepBreak>[1]): BreakLife {
  const next = stepBreak(life, event);
  if (!next.ok) throw new Error(`A run was refused: ${next.refusal.code}`);
  return next.value;
}

async function record(
  tx: Tx,
  run: Run,
  row: Pick<BreakRow, 'id' | 'number' | 'revision'>,
  what: 'found' | 'changed' | 'reopened' | 'matched',
  facts: Record<string, string>,
): Promise<void> {
  await tx.breakEvent.create({
    data: {
      breakId: row.id,
      revision: row.revision,
      what,
      actor: 'worker',
      at: run.at,
      runId: run.id,
      facts,
    },
    select: { id: true },
  });
  await appendAudit(tx, {
    kind: 'break-moved',
    subject: row.number,
    actor: 'worker',
    at: run.at,
    facts: { what, run: run.id, ...facts },
  });
}

/** A shortfall beyond what its asset may carry: somebody has to answer for it. */
async function tellOverLimit(
  tx: Tx,
  run: Run,
  row: Pick<BreakRow, 'id' | 'number' | 'asset' | 'cause' | 'amount'>,
): Promise<void> {
  const amount = BigInt(row.amount.toFixed(0));
  const title = `${row.number}: ${unitsText(amount < 0n ? -amount : amount, row.asset)} ${row.asset} less than the books say (${run.kind}, ${run.place}), beyond the limit`;
  const incident = await tryIncident(tx, run, { number: row.number, title });
  await emitEvent(tx, {
    kind: 'break-over-limit',
    subject: row.id,
    at: run.at,
    facts: {
      number: row.number,
      asset: row.asset,
      place: run.place,
      cause: row.cause,
      amount: amount.toString(),
      incident,
    },
  });
  await publish(tx, { topic: 'outbox', id: row.id });
}

/** A break stops its asset, so it stands also where its incident cannot be opened. @returns null then. */
async function tryIncident(
  tx: Tx,
  run: Run,
  { number, title }: { number: string; title: string },
): Promise<string | null> {
  await tx.$executeRaw`savepoint incident`;
  try {
    const incident = await openIncident(
      tx,
      { what: 'break-over-limit', title, openedBy: 'system', operations: [] },
      run.at,
    );
    await tx.$executeRaw`release savepoint incident`;
    return incident;
  } catch (error) {
    if (isRetryable(error)) throw error;
    await tx.$executeRaw`rollback to savepoint incident`;
    log.error({ err: error, number }, 'the incident of a shortfall could not be opened');
    return null;
  }
}
