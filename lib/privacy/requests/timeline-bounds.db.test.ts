/** @file Nobody fills a file of a request, a breach or a hold so far that the system can't write to it or nobody can read it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unopened } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { keptFree as breachKeptFree } from '../breaches/act-on-breach.ts';
import { breachWords } from '../breaches/life.ts';
import { breachEventsMax, breachEventsOfPeopleMax } from '../breaches/load-breach.ts';
import { keptFree as holdKeptFree } from '../retention/holds/act-on-hold.ts';
import { holdWords } from '../retention/holds/life.ts';
import { holdEventsMax, holdEventsOfPeopleMax } from '../retention/holds/load-hold.ts';
import { reported } from '../testing/breach-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { keptFree } from './act-on-request.ts';
import { eventWords } from './life.ts';
import { eventsMax, eventsOfPeopleMax, textsOfEventMax } from './load-request.ts';
import { noteRequest } from './move-request.ts';
import { readRequestTexts } from './read-texts.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openRequestDesk();
  refusals = await openRefusals(desk.database);
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});

type File = 'request' | 'breach' | 'hold';
const put = (
  file: File,
  { id, seq, kind, facts = '{}' }: { id: string; seq: number; kind: string; facts?: string },
  {
    actor = desk.people.dora.actor.personId,
    role,
  }: { actor?: string; role?: 'web' | 'worker' } = {},
) =>
  refusals.refusal(
    `insert into privacy_${file}_event (${file}_id, seq, kind, actor, at, facts)
       values ('${id}', ${seq}, '${kind}', '${actor}', now(), '${facts}')`,
    role,
  );

/** Fills a file up to an entry, as far as the database can tell. */
async function fill(
  file: File,
  id: string,
  kind: string,
  to: number,
  set = `seq = ${to}`,
): Promise<void> {
  const tables = [`privacy_${file}_event`, `privacy_${file}_standing`];
  for (const table of tables)
    await desk.owner.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  await desk.owner.$executeRawUnsafe(`insert into privacy_${file}_event
    (${file}_id, seq, kind, actor, at, facts)
    select '${id}', s, '${kind}', '${desk.people.dora.actor.personId}', now(), '{}'
    from generate_series((select max(seq) + 1 from privacy_${file}_event where ${file}_id = '${id}'), ${to}) s`);
  await desk.owner.$executeRawUnsafe(
    `update privacy_${file}_standing set ${set} where ${file}_id = '${id}'`,
  );
  const triggers = await desk.owner.$queryRawUnsafe<{ of: string; name: string }[]>(
    `select tgrelid::regclass::text as of, tgname as name from pg_trigger
       where not tgisinternal and tgrelid = any (array['${tables.join("','")}']::regclass[])`,
  );
  for (const { of, name } of triggers)
    await desk.owner.$executeRawUnsafe(`alter table ${of} enable always trigger ${name}`);
}

it('what each kind of entry leaves free is the same in the database and in the program', async () => {
  const all = [
    ['request', eventWords, keptFree],
    ['breach', breachWords, breachKeptFree],
    ['hold', holdWords, holdKeptFree],
  ] as const;
  for (const [file, words, kept] of all)
    for (const kind of Object.keys(words)) {
      const [row] = await desk.owner.$queryRaw<{ free: number }[]>`
        select privacy_entries_kept_free(${`privacy_${file}_event`}, ${kind}) as free`;
      expect(row?.free, `${file} ${kind}`).toBe((kept as Record<string, number>)[kind] ?? 0);
    }
});

describe('a file that the web server fills', () => {
  it('of a request keeps room for decisions and for the system, and is read all the same', async () => {
    const { id } = await received(desk);
    const free = keptFree.noted ?? 0;
    await fill('request', id, 'noted', eventsOfPeopleMax - free - 1);
    expect(await put('request', { id, seq: eventsOfPeopleMax - free, kind: 'noted' })).toBeNull();
    const next = eventsOfPeopleMax - free + 1;
    expect(await put('request', { id, seq: next, kind: 'noted' })).toBe('CS002');
    const note = { id, seen: `${next - 1}`, note: 'One more.' };
    const refused = await noteRequest(desk.people.dora.actor, note, desk.context);
    expect(refused.ok ? 'done' : refused.refusal.code).toBe('too-many');
    expect(await put('request', { id, seq: next, kind: 'doubted' })).toBeNull();

    await fill('request', id, 'doubted', eventsOfPeopleMax);
    const last = eventsOfPeopleMax + 1;
    expect(await put('request', { id, seq: last, kind: 'doubted' })).toBe('CS002');
    const warned = { id, seq: last, kind: 'warned', facts: '{"dueOn":"2026-12-29"}' };
    for (const role of ['web', 'worker'] as const)
      expect(await put('request', warned, { actor: 'system', role })).toBe(
        role === 'web' ? 'CS002' : null,
      );
    expect(last).toBeLessThan(eventsMax);
  });

  it('of a breach or a hold takes warnings of the system when it takes nothing of people any more', async () => {
    const longAgo = new Date(desk.context.clock().getTime() - 30 * 3_600_000);
    const breach = await reported(desk, { noticedAt: fieldOf(longAgo) });
    await fill('breach', breach.id, 'noted', breachEventsOfPeopleMax);
    const seq = breachEventsOfPeopleMax + 1;
    const warned = { id: breach.id, seq, kind: 'suspicion-warned', facts: '{"hours":24}' };
    expect(await put('breach', { ...warned, kind: 'confirmed' })).toBe('CS002');
    expect(await put('breach', warned, { actor: 'system', role: 'worker' })).toBeNull();
    expect(seq).toBeLessThan(breachEventsMax);

    const hold = await held(desk);
    const standing = `seq = ${holdEventsOfPeopleMax}, review_on = '2020-01-01'`;
    await fill('hold', hold.id, 'reviewed', holdEventsOfPeopleMax, standing);
    const after = holdEventsOfPeopleMax + 1;
    const overdue = { id: hold.id, seq: after, kind: 'warned', facts: '{"reviewOn":"2020-01-01"}' };
    expect(await put('hold', { id: hold.id, seq: after, kind: 'reviewed' })).toBe('CS002');
    expect(await put('hold', overdue, { actor: 'system', role: 'worker' })).toBeNull();
    expect(after).toBeLessThan(holdEventsMax);
  });

  it('takes no more texts of one entry, nor more of them altogether, than the program reads', async () => {
    const { id } = await received(desk);
    const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } });
    const { dora } = desk.people;
    const texts = (seq: number, count: number, bytes: number) =>
      refusals.refusal(`begin;
        insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
          values ('${id}', ${seq}, 'noted', '${dora.actor.personId}', now(), '{}');
        insert into privacy_request_text (request_id, seq, field, sealed, commitment)
          select '${id}', ${seq}, 'note' || repeat('-a', n), '\\x01${keyId}'::bytea || convert_to(repeat('a', ${bytes}), 'UTF8'),
            md5(random()::text) || md5(random()::text) from generate_series(1, ${count}) n;
        commit`);
    expect(await texts(2, textsOfEventMax + 1, 100)).toBe('CS002');
    expect(await texts(2, textsOfEventMax, 60_000)).toBeNull();
    let seq = 3;
    while (seq < 200 && (await texts(seq, textsOfEventMax, 60_000)) === null) seq += 1;
    // 32 MiB altogether, of 480 kB each.
    expect(seq).toBe(71);
    const view = valueOf(await viewRequest(dora.actor, id, desk.context));
    expect(view.events).toHaveLength(70);
    // They were never sealed, and each says so in its place: not that there are too many of them.
    const read = valueOf(await readRequestTexts(dora.actor, { id }, desk.context));
    const filled = read.filter(({ field }) => field.startsWith('note-'));
    expect(filled).toHaveLength(69 * textsOfEventMax);
    expect(filled.every(({ text }) => text === unopened)).toBe(true);
  });
});
