/** People of whom values are kept by a rule whose period is over. */
import { finalStates, operationStates } from '#lib/operations/states.ts';
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unansweredStates } from '../../requests/life.ts';
import type { FileCode, RunCode } from '../schedule.ts';
import type { DuePage, FoundRow } from './find-due.ts';
import { fieldsKeptBy } from './rule-version.ts';
import { findCorrected } from './corrected.ts';
import { keptByOthers } from './kept-by-others.ts';
import type { SkipReason } from './skips.ts';

export type PeopleCode = Exclude<RunCode, FileCode>;
type Candidate = { subject: string; triggerOn: Date; countsFrom?: Date | null };

const openStates = operationStates.filter((state) => !finalStates.includes(state));
/** A roster has at most some hundreds of people. */
const operatorsMax = 2_000;

export async function duePeople(
  tx: Database | Tx,
  code: PeopleCode,
  page: DuePage,
): Promise<FoundRow[]> {
  const fields = fieldsKeptBy(code);
  const found = await candidates(tx, code, page);
  const skips = await skipsOf(
    tx,
    found.map(({ subject }) => subject),
    fields,
  );
  // Whoever works here has a right to what is right of them; that they do keeps nothing that is wrong.
  if (code === 'corrected-values')
    for (const [person, skip] of skips) if (skip === 'works-here') skips.delete(person);
  const free = found.filter(({ subject }) => !skips.has(subject)).map(({ subject }) => subject);
  const kept = await keptByOthers(tx, code, { people: free, day: page.day });
  return found.map((one) => ({
    ...one,
    skip: skips.get(one.subject) ?? (kept.has(one.subject) ? 'duty' : null),
  }));
}

function candidates(tx: Database | Tx, code: PeopleCode, page: DuePage): Promise<Candidate[]> {
  switch (code) {
    case 'employment':
    case 'staff-contact':
      return whoLeft(tx, code, page);
    case 'corrected-values':
      return findCorrected(tx, fieldsKeptBy(code), page);
    default:
      return whoseTiesEnded(tx, code, page);
  }
}

/**
 * In the order of the index that is gone along, so a page reads little more than what it gives. What is asked of each
 * person is a scalar with a limit, which the planner asks for each, and never turns into a join of whole tables.
 */
export const endedSql = (code: PeopleCode, { newest, after, most, only }: DuePage): Prisma.Sql => {
  const since = Prisma.sql`(${startOfDay(after.triggerOn)}::date, ${after.subject})`;
  return Prisma.sql`
    select e.person_id as subject, e.ended_on as "triggerOn", ${countsFrom(code)} as "countsFrom"
    from retention_end e
    where e.ended_on <= ${startOfDay(code === 'tax-reporting' ? yearEndBy(newest) : newest)}::date and (e.ended_on, e.person_id) > ${since}
      and (select true from person_value v where v.person_id = e.person_id
        and v.field = any (${fieldsKeptBy(code)}) limit 1)
      ${code === 'micar-records' ? servedNoLater(newest) : Prisma.empty}
      ${code === 'aml-relationship' ? partedNoLater(newest) : Prisma.empty}
      ${only === undefined ? Prisma.empty : Prisma.sql`and e.person_id = ${only}`}
    order by e.ended_on, e.person_id limit ${most}`;
};

/** The newest line of each account of those who were the client themselves; it is the last of its index. */
const ownLines = Prisma.sql`
  from person_tie t join account a on a.client_id = t.client_id
    cross join lateral (select p.journal_id from posting p where p.account_id = a.id
      order by p.journal_id desc limit 1) p
    join journal j on j.id = p.journal_id
    where t.person_id = e.person_id and t.role = 'client'`;

/** Everybody who stands or stood behind one of their clients: due diligence counts from the end of the client's relationship. */
const behindTheirClients = Prisma.sql`
  from person_tie t join person_tie o on o.client_id = t.client_id where t.person_id = e.person_id`;

/** No client of theirs has a later line in the books. What was done for a client after somebody left it is none of theirs. */
const servedNoLater = (newest: string): Prisma.Sql =>
  Prisma.sql`and (select true ${ownLines} and j.posted_at >= ${endOfDay(newest)} limit 1) is null`;

/** No client of theirs is served still, or was until later. The same rule as what stands against an erasure. */
const partedNoLater = (newest: string): Prisma.Sql => Prisma.sql`
  and (select true ${behindTheirClients}
    and (o.until is null or tie_ended_on(o.until, o.ends_recorded) > ${startOfDay(newest)}::date) limit 1) is null`;

/** The newest last day of a year that is over by then: what is reported is reported by years. */
const yearEndBy = (day: string): string =>
  day.endsWith('-12-31') ? day : `${Number(day.slice(0, 4)) - 1}-12-31`;

/** The day from which the period counts, where that is another than the end of what the person was themselves. */
function countsFrom(code: PeopleCode): Prisma.Sql {
  switch (code) {
    case 'aml-relationship':
      return Prisma.sql`(select max(tie_ended_on(o.until, o.ends_recorded)) ${behindTheirClients})`;
    case 'micar-records':
      return Prisma.sql`(select greatest(e.ended_on, max((j.posted_at at time zone 'UTC')::date)) ${ownLines})`;
    case 'tax-reporting':
      return Prisma.sql`(date_trunc('year', e.ended_on) + interval '1 year - 1 day')::date`;
    default:
      return Prisma.sql`null::date`;
  }
}

async function whoseTiesEnded(
  tx: Database | Tx,
  code: PeopleCode,
  page: DuePage,
): Promise<Candidate[]> {
  const ended = await tx.$queryRaw<Candidate[]>(endedSql(code, page));
  if (code !== 'consent-withdrawn') return ended;
  const withdrawn = await tx.$queryRaw<Candidate[]>(withdrawnSql(page));
  return [...ended, ...withdrawn].toSorted(inOrder).slice(0, page.most);
}

const inOrder = (one: Candidate, other: Candidate): number =>
  one.triggerOn.getTime() - other.triggerOn.getTime() || (one.subject < other.subject ? -1 : 1);

/** Who took their consent back, or objected, and gave none since; their relationship goes on. */
const withdrawnSql = ({ newest, after, most, only }: DuePage): Prisma.Sql => Prisma.sql`
  select w.person_id as subject, w.day as "triggerOn" from (
    select s.person_id, max((s.at at time zone 'UTC')::date) as day, max(s.at) as at
    from person_stop s where s.what = 'marketing' group by s.person_id) w
  where w.day <= ${startOfDay(newest)}::date
    ${only === undefined ? Prisma.empty : Prisma.sql`and w.person_id = ${only}`}
    and (w.day, w.person_id) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
    and not exists (select from retention_end e where e.person_id = w.person_id)
    and exists (select from person_value v where v.person_id = w.person_id and v.field = 'marketing-consent')
    and not exists (select from person_value v where v.person_id = w.person_id and v.field = 'marketing-consent'
      and v.recorded_at > w.at)
  order by w.day, w.person_id limit ${most}`;

/** Somebody who is suspended for some days comes back to the addresses that colleagues have. */
const suspendedAt = Prisma.sql`
        (select max(a.at) from audit_entry a where a.subject = o.id and a.kind = 'operator-suspended'),`;

/**
 * Who left and is nothing to any client: years count from their last act on record, or from when they were last here; days of
 * contact from their suspension as well.
 */
const whoLeft = (
  tx: Database | Tx,
  code: 'employment' | 'staff-contact',
  { newest, after, most, only }: DuePage,
): Promise<Candidate[]> => tx.$queryRaw<Candidate[]>`
  select l.id as subject, l.day as "triggerOn" from (
    select o.id, (greatest(o.created_at,
        last_act_of(o.id),
        (select max(c.last_used_at) from credential c where c.operator_id = o.id),
        ${code === 'staff-contact' ? suspendedAt : Prisma.empty}
        (select max(v.last_seen_at) from session v where v.operator_id = o.id)) at time zone 'UTC')::date as day
    from operator o where o.status = 'suspended'
      ${only === undefined ? Prisma.empty : Prisma.sql`and o.id = ${only}`}
      and not exists (select from person_tie t where t.person_id = o.id)
      and exists (select from person_value v where v.person_id = o.id and v.field = any (${fieldsKeptBy(code)}))
    limit ${operatorsMax}) l
  where l.day <= ${startOfDay(newest)}::date
    and (l.day, l.id) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
  order by l.day, l.id limit ${most}`;

/** Reasons to leave people for whom something is due; who isn't in it is free to go. */
export async function skipsOf(
  tx: Database | Tx,
  people: readonly string[],
  fields: readonly string[],
): Promise<Map<string, SkipReason>> {
  if (people.length === 0) return new Map();
  // All fields of a rule are of one category, so what holds one holds the others.
  const field = fields[0] ?? null;
  const rows = await tx.$queryRaw<{ id: string; skip: SkipReason | null }[]>`
    with standing as (select exists (select from privacy_hold_standing s
      where still_keeps('hold', s.hold_id, s.state)) as yes)
    select p.id, case
      when (select yes from standing) and exists (select from holds_on(p.id, ${field})) then 'hold'
      when exists (select from person_restriction r where r.person_id = p.id
        and still_keeps('restriction', r.id, r.state)) then 'restriction'
      when exists (select from privacy_request_standing r where r.person_id = p.id
        and r.state = any (${[...unansweredStates]})) then 'request'
      when exists (select from person_tie t join operation o on o.client_id = t.client_id
        where t.person_id = p.id and o.state = any (${openStates})) then 'operation'
      when exists (select from operator o where o.id = p.id and o.status <> 'suspended') then 'works-here'
      when (select e.state = 'left' and e.reason = 'texts' from person_erasure e where e.person_id = p.id
        order by e.queued_at desc limit 1) then 'texts'
      end as skip
    from person p where p.id = any (${[...people]})`;
  return new Map(rows.flatMap(({ id, skip }) => (skip === null ? [] : [[id, skip]])));
}
