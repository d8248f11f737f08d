/** Takes what a run found into the breaks of its place: new ones, changed ones, and those that are gone. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { subjectOf, type Difference } from '../matching/difference.ts';
import type { Place } from '../place.ts';
import { lifeOf, proposalColumns, type BreakRow } from './break-row.ts';
import { dueOf } from './due.ts';
import { stepBreak, type BreakLife } from './lifecycle.ts';
import { isOverLimit } from './limit.ts';
import { tellOverLimit } from './tell-over-limit.ts';

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
  if (row.overLimit) await tell(tx, run, row);
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
  if (overLimit && !wasOver && !isClosed) await tell(tx, run, changed);
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

const tell = (
  tx: Tx,
  { kind, place, at }: Run,
  { id, number, asset, cause, amount }: BreakRow,
): Promise<void> =>
  tellOverLimit(tx, { id, number, kind, asset, place, cause, amount: unitsOf(amount) }, at);
