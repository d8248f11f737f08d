/** Hands a person over whose time is over: what goes of them goes by the way of every erasure, in one for all rules. */
import { randomUUID } from 'node:crypto';
import { contentDigest } from '#lib/audit/content-digest.ts';
import { fieldFor, isFieldName } from '#lib/persons/field-map.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import { supersededBy } from '#lib/persons/superseded.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { findBlockers, standsAgainst, stopsAll, type Blocker } from '../../erasure/blockers.ts';
import { fieldRules } from '../../erasure/field-rules.ts';
import { loadErasureFacts } from '../../erasure/load-facts.ts';
import type { PeopleCode } from './due-people.ts';
import { findDue, fromTheStart } from './find-due.ts';
import { fieldsKeptBy } from './rule-version.ts';
import { skipReasons } from './skips.ts';

type Needs = Pick<Context, 'db' | 'clock'>;
type Item = { runId: string; rule: PeopleCode; subject: string };

/** More than there are rules times nights that one person waits. */
const itemsMax = 100;

/**
 * Looks once more whether it is due and nothing came up, and begins the erasure of what goes; the rest is left with the
 * reason, and comes back by itself.
 * @returns whether an erasure began.
 */
export async function beginPerson({ db, clock }: Needs, person: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0))`;
    await tx.$queryRaw`select id from person where id = ${person} for update`;
    const isBusy = await tx.personErasure.count({
      where: { personId: person, state: { notIn: ['proved', 'left'] } },
    });
    if (isBusy > 0) return false;
    const rows = await tx.retentionItem.findMany({
      where: { subject: person, state: 'due' },
      orderBy: [{ rule: 'asc' }, { queuedAt: 'asc' }],
      select: { runId: true, rule: true, subject: true },
      take: itemsMax,
    });
    const items = rows.map((row) => ({ ...row, rule: row.rule as PeopleCode }));
    const now = clock();
    const free = await stillGoing(tx, items, now);
    // What was corrected goes by an erasure of its own, when that of whole fields is over.
    const others = free.filter(({ rule }) => rule !== 'corrected-values');
    const isEarlier = others.length === 0;
    const going = isEarlier ? free : others;
    const blockers = findBlockers(await loadErasureFacts(tx, person), dayOf(now));
    const fields = isEarlier
      ? await correctedOf(tx, person, blockers)
      : await fieldsOf(tx, person, going, blockers);
    if (fields.going.length === 0) {
      const reason =
        fields.due.length > 0 ? 'A duty still keeps it' : 'Nothing of it is held any more';
      for (const item of going) await leave(tx, item, reason, now);
      return false;
    }
    const isAll = fields.going.length === fields.held.length;
    const isWhole = !isEarlier && isAll && blockers.length === 0;
    await tx.personErasure.create({
      data: {
        id: randomUUID(),
        personId: person,
        cause: 'retention',
        scope: isWhole ? 'whole' : isEarlier ? 'earlier' : 'part',
        fields: isWhole ? [] : fields.going,
        plan: contentDigest({ person, items: going, fields: fields.going }),
        state: 'due',
        queuedAt: now,
      },
      select: { id: true },
    });
    for (const item of going)
      await tx.retentionItem.update({
        where: { runId_rule_subject: item },
        data: { state: 'begun' },
        select: { state: true },
      });
    return true;
  });
}

/** Those that are due and free now; the others are left. */
async function stillGoing(tx: Tx, items: readonly Item[], now: Date): Promise<Item[]> {
  const going: Item[] = [];
  for (const item of items) {
    const page = { day: dayOf(now), after: fromTheStart, most: 1, only: item.subject };
    const [found] = await findDue(tx, item.rule, page);
    if (found?.skip === null) going.push(item);
    else await leave(tx, item, found?.skip ? skipReasons[found.skip] : 'It is due no more', now);
  }
  return going;
}

const leave = async (tx: Tx, item: Item, reason: string, at: Date): Promise<void> => {
  await tx.retentionItem.update({
    where: { runId_rule_subject: item },
    data: { state: 'left', reason, endedAt: at },
    select: { state: true },
  });
};

/** Fields of which an earlier value is held that no law keeps of this person. */
async function correctedOf(tx: Tx, person: string, blockers: readonly Blocker[]) {
  const rows = await tx.personValue.groupBy({
    by: ['field'],
    where: { personId: person, field: { in: fieldsKeptBy('corrected-values') } },
    _count: { version: true },
  });
  const roles = await rolesOf(tx, person);
  const due = rows
    .flatMap(({ field, _count }) => (_count.version > 1 && isFieldName(field) ? [field] : []))
    .filter((field) => !supersededBy(fieldFor(field, roles)).stays)
    .toSorted();
  const free = await tx.$queryRaw<{ field: string }[]>`
    select f as field from unnest(${due}::text[]) f where not exists (select from holds_on(${person}, f)) order by 1`;
  const going = blockers.some(stopsAll) ? [] : free.map(({ field }) => field);
  return { held: due, due, going };
}

/** Of what is due that goes against which no other duty stands. */
async function fieldsOf(
  tx: Tx,
  person: string,
  items: readonly Item[],
  blockers: readonly Blocker[],
) {
  const rows = await tx.personValue.groupBy({ by: ['field'], where: { personId: person } });
  const held = rows.map(({ field }) => field).toSorted();
  const kept = new Set<string>(items.flatMap(({ rule }) => fieldsKeptBy(rule)));
  const due = held.filter((field) => kept.has(field));
  const ruleOf = await fieldRules(tx, person);
  const going = due.filter(
    (field) => !blockers.some((one) => standsAgainst(one, field, ruleOf(field))),
  );
  return { held, due, going };
}
