/** The second wall: what a program with the web or the worker role's rights can't do about requests, whatever it tries. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { eventWords, mayHappen, requestStates, type EventKind, type RequestState } from './life.ts';
import { restrictPerson } from '../restriction/restrict-person.ts';
import { stopMarketing } from '../restriction/stop-use.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import { packageToPropose } from '../package/view-package.ts';
import { sentDigest } from '../testing/sent-digest.ts';

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
const refusal: Refusals['refusal'] = (sql, role) => refusals.refusal(sql, role);
const sha = 'a'.repeat(64);
const person = (who: keyof RequestDesk['people']) => desk.people[who].actor.personId;
type Said = { facts?: object; who?: keyof RequestDesk['people']; actor?: string; at?: string };
const event = (
  id: string,
  seq: number,
  kind: string,
  { facts = {}, who = 'dora', actor = person(who), at = 'now()' }: Said = {},
) =>
  `insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
     values ('${id}', ${seq}, '${kind}', '${actor}', ${at}, '${JSON.stringify(facts)}')`;

it('what may follow what is the same in the database and in the program', async () => {
  const states: (RequestState | null)[] = [null, ...(Object.keys(requestStates) as RequestState[])];
  for (const kind of Object.keys(eventWords) as EventKind[])
    for (const state of states) {
      const [row] = await desk.owner.$queryRaw<{ may: boolean }[]>`
        select privacy_request_may(${state}, ${kind}) as may`;
      expect(row?.may, `${kind} after ${state}`).toBe(mayHappen(state, kind));
    }
});

describe('an event of a request', () => {
  it('follows the one before, is dated now, and happens only where it may', async () => {
    const { id } = await received(desk);
    expect(await refusal(event(id, 1, 'noted'))).toBe('CS002');
    expect(await refusal(event(id, 3, 'noted'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'approved'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'invented'))).toBe('CS002');
    for (const at of [`now() - interval '1 hour'`, `now() + interval '1 hour'`])
      expect(await refusal(event(id, 2, 'noted', { at }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'noted'))).toBeNull();
  });

  it('is a person’s, but for what a form brings and the system warns of', async () => {
    const { id } = await received(desk);
    for (const actor of ['system', 'public', 'p-zzzzzzzzzz'])
      expect(await refusal(event(id, 2, 'noted', { actor }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'warned', { actor: 'public' }))).toBe('CS002');
    const facts = { dueOn: '2026-12-29' };
    // Whoever has the web server can’t say that it was warned of already.
    expect(await refusal(event(id, 2, 'warned', { actor: 'system', facts }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'warned', { facts }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'warned', { facts }), 'worker')).toBe('CS002');
    expect(await refusal(event(id, 2, 'warned', { actor: 'system', facts }), 'worker')).toBeNull();
  });

  it('asks for proof of identity only on a doubt that still stands', async () => {
    const { id } = await received(desk);
    const facts = { about: 'identity', sentAt: new Date().toISOString(), withinDays: 3 };
    expect(await refusal(event(id, 2, 'asked', { facts }))).toBe('CS002');
    expect(await refusal(event(id, 2, 'doubted'))).toBeNull();
    expect(
      await refusal(event(id, 3, 'identified', { facts: { person: desk.subject } })),
    ).toBeNull();
    expect(await refusal(event(id, 4, 'asked', { facts }))).toBe('CS002');
    expect(await refusal(event(id, 4, 'doubted'))).toBeNull();
    expect(
      await refusal(event(id, 5, 'asked', { facts: { ...facts, sentAt: '2026-01-01' } })),
    ).toBe('CS002');
    expect(await refusal(event(id, 5, 'asked', { facts }))).toBeNull();
    const answer = { question: 4, answeredAt: new Date().toISOString() };
    expect(await refusal(event(id, 6, 'answered', { facts: answer }))).toBe('CS002');
  });

  it('chooses only a person who is known, and extends once', async () => {
    const { id } = await received(desk);
    const nobody = { person: 'ps-zzzzzzzzzzzzzzzz' };
    expect(await refusal(event(id, 2, 'identified', { facts: nobody }))).toBe('CS002');
    const facts = { reason: 'number', noticeSentAt: new Date().toISOString() };
    expect(await refusal(event(id, 2, 'extended', { facts }))).toBeNull();
    expect(await refusal(event(id, 3, 'extended', { facts }))).toBe('CS002');
  });
});

const minutesAgo = (minutes: number) => new Date(desk.context.clock().getTime() - minutes * 60_000);

it('takes no time of a question or an answer before the step on record that it follows', async () => {
  const earlier = { receivedAt: fieldOf(minutesAgo(30)), reasons: 'It lay in the mailbox since.' };
  const { id } = await received(desk, earlier);
  const asking = (minutes: number) => ({
    facts: { about: 'identity', sentAt: minutesAgo(minutes).toISOString(), withinDays: 3 },
  });
  expect(await refusal(event(id, 2, 'doubted'))).toBeNull();
  expect(await refusal(event(id, 3, 'asked', asking(5)))).toBe('CS002');
  expect(await refusal(event(id, 3, 'asked', asking(0)))).toBeNull();
  const decided = await advised(desk, earlier);
  valueOf(await press(desk, desk.people.mia, { id: decided.id, seen: '5', ...granting }));
  valueOf(await press(desk, desk.people.ada, { id: decided.id, seen: '6', step: 'approved' }));
  const digest = await sentDigest(desk.owner, decided.id);
  const sent = (minutes: number) => ({
    facts: {
      channel: 'email',
      sentAt: minutesAgo(minutes).toISOString(),
      digest,
      namesRemedies: true,
    },
  });
  expect(await refusal(event(decided.id, 8, 'fulfilled', sent(5)))).toBe('CS002');
  expect(await refusal(event(decided.id, 8, 'fulfilled', sent(0)))).toBeNull();
});

it('ends as the same as another only where that one was there before, goes on and is of the same person and right', async () => {
  const foreign = await received(desk, { email: 'somebody@example.org' });
  const erasure = await received(desk, { right: 'erasure' });
  const [other, one] = [await received(desk), await received(desk)];
  const before = await received(desk, {
    receivedAt: fieldOf(minutesAgo(30)),
    reasons: 'It lay in the mailbox since.',
  });
  const told = { channel: 'email', sentAt: minutesAgo(0).toISOString(), namesRemedies: true };
  const same = ({ number }: { number: string }, more: object = { told }) =>
    event(one.id, 2, 'marked-duplicate', { facts: { of: number, ...more } });
  for (const of of [foreign, erasure, one, { number: 'DSR-2026-999999' }])
    expect(await refusal(same(of))).toBe('CS002');
  const later = event(before.id, 2, 'marked-duplicate', { facts: { of: one.number, told } });
  expect(await refusal(later)).toBe('CS002');
  // One person ends it so, and who asked is told.
  expect(await refusal(same(other, {}))).toBe('CS002');
  for (const fault of [
    { namesRemedies: false },
    { sentAt: minutesAgo(60).toISOString() },
    { sentAt: minutesAgo(-5).toISOString() },
  ])
    expect(await refusal(same(other, { told: { ...told, ...fault } }))).toBe('CS002');
  expect(await refusal(same(other))).toBeNull();
  const back = event(other.id, 2, 'marked-duplicate', { facts: { of: one.number, told } });
  expect(await refusal(back)).toBe('CS002');
});

describe('a decision', () => {
  const about = { ...granting, events: sha, package: null, plan: null };
  const approval = { of: 6, events: sha };

  it('stands with what was signed in the same transaction, or not at all', async () => {
    const { id } = await advised(desk);
    const facts = { ...about, package: await packageToPropose(desk.owner, id) };
    expect(await refusal(event(id, 6, 'proposed', { who: 'mia', facts }))).toBe('CS003');
    const signed = (more: object = {}) => {
      const document = {
        request: id,
        step: 'proposed',
        person: person('mia'),
        events: sha,
        ...more,
      };
      return `begin; ${event(id, 6, 'proposed', { who: 'mia', facts })};
        insert into privacy_request_statement values ('${id}', 6, '${JSON.stringify(document)}', '{}', 'key'); commit`;
    };
    for (const more of [{ person: person('ada') }, { events: 'b' }, { step: 'approved' }])
      expect(await refusal(signed(more))).toBe('CS003');
    expect(await refusal(signed())).toBeNull();
    expect(await refusal(event(id, 7, 'approved', { who: 'ada', facts: approval }))).toBe('CS003');
  });

  it('is made by nobody who advises, about nobody unknown, and approved by a second person', async () => {
    const { id } = await advised(desk);
    const facts = { ...about, package: await packageToPropose(desk.owner, id) };
    expect(await refusal(event(id, 6, 'proposed', { who: 'dora', facts }))).toBe('CS002');
    expect(await refusal(event(id, 6, 'opinion-given', { who: 'mia' }))).toBe('CS002');
    const odd = { ...facts, decision: 'perhaps' };
    expect(await refusal(event(id, 6, 'proposed', { who: 'mia', facts: odd }))).toBe('CS002');
    const burden = { ...facts, decision: 'refuse', grounds: ['excessive'] };
    expect(await refusal(event(id, 6, 'proposed', { who: 'mia', facts: burden }))).toBe('CS002');
    valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...granting }));
    const [{ events }] = (await desk.owner.$queryRaw<{ events: string }[]>`
      select facts ->> 'events' as events from privacy_request_event where request_id = ${id}::uuid and seq = 6`) as [
      { events: string },
    ];
    for (const [who, of, digest] of [
      ['mia', 6, events],
      ['dora', 6, events],
      ['ada', 5, events],
      ['ada', 6, sha],
    ] as const)
      expect(await refusal(event(id, 7, 'approved', { who, facts: { of, events: digest } }))).toBe(
        'CS002',
      );
  });
});

describe('texts', () => {
  const text = (id: string, seq: number, sealed = `decode(repeat('00', 80), 'hex')`) =>
    `insert into privacy_request_text (request_id, seq, field, sealed, commitment)
       values ('${id}', ${seq}, 'note', ${sealed}, '${sha}')`;

  it('come with their event, sealed under the key of their request', async () => {
    const { id } = await received(desk);
    const other = await received(desk);
    expect(await refusal(text(id, 1))).toBe('CS002');
    expect(await refusal(`begin; ${event(id, 2, 'noted')}; ${text(id, 2)}; commit`)).toBe('CS002');
    const foreign = `(select sealed from privacy_request_text where request_id = '${other.id}' limit 1)`;
    expect(await refusal(`begin; ${event(id, 2, 'noted')}; ${text(id, 2, foreign)}; commit`)).toBe(
      'CS002',
    );
    const own = `(select sealed from privacy_request_text where request_id = '${id}' limit 1)`;
    expect(
      await refusal(`begin; ${event(id, 2, 'noted')}; ${text(id, 2, own)}; commit`),
    ).toBeNull();
  });

  it('are only erased, by the worker alone, and only behind an entry in the trail', async () => {
    const { id, number } = await received(desk);
    const where = `where request_id = '${id}'`;
    const erase = `update privacy_request_text set sealed = null, erased_at = now() ${where}`;
    const files = `update privacy_request_file set sealed = null, erased_at = now() ${where}`;
    expect(await refusal(erase, 'worker')).toBe('CS002');
    expect(await refusal(`update privacy_request_text set commitment = '${sha}' ${where}`)).toBe(
      '42501',
    );
    await inTransaction(desk.web, (tx) =>
      appendAudit(tx, {
        kind: 'privacy-request-erased',
        subject: number,
        actor: person('dora'),
        at: desk.context.clock(),
        facts: {},
      }),
    );
    for (const sql of [erase, files]) expect(await refusal(sql)).toBe('42501');
    expect(await refusal(erase, 'worker')).toBeNull();
    expect(await refusal(erase, 'worker')).toBe('CS002');
  });
});

it('a request, its events and its search rows never change, nor is one written without its opening', async () => {
  const { id } = await received(desk);
  for (const table of ['privacy_request', 'privacy_request_event', 'privacy_request_search'])
    for (const role of ['web', 'worker'] as const)
      // What it is found by goes with its texts, by the worker, and never before.
      expect(await refusal(`delete from ${table}`, role)).toBe(
        table === 'privacy_request_search' && role === 'worker' ? 'CS002' : '42501',
      );
  expect(await refusal(`update privacy_request set received_at = now() where id = '${id}'`)).toBe(
    '42501',
  );
  expect(await refusal(`update privacy_request_standing set state = 'closed'`)).toBe('42501');
  const bare = (number: string, value: string) =>
    `insert into privacy_request (id, key_id, "right", channel, received_at, opened_at, opened_by${number})
       values (gen_random_uuid(), '${'0'.repeat(32)}', 'access', 'post', now(), now(), '${person('dora')}'${value})`;
  expect(await refusal(bare('', ''))).toBe('CS003');
  expect(await refusal(bare(', number', `, 'DSR-2026-999999'`))).toBe('42501');
  await expect(
    desk.owner.$executeRaw`update privacy_request_event set kind = 'noted'`,
  ).rejects.toThrow('append-only');
});

it('takes no refusal of an objection that is to direct marketing, or that nobody said what it is to', async () => {
  const { id } = await advised(desk, { right: 'objection' });
  const facts = {
    ...granting,
    decision: 'refuse',
    grounds: ['compelling'],
    events: sha,
    package: null,
    plan: null,
  };
  const propose = () => refusal(event(id, 6, 'proposed', { who: 'mia', facts }));
  expect(await propose()).toBe('CS002');
  valueOf(await restrictPerson(desk.people.dora.actor, { id, ground: 'objection' }, desk.context));
  // All that is missing now is what was signed.
  expect(await propose()).toBe('CS003');
  valueOf(
    await stopMarketing(desk.people.dora.actor, { request: id, why: 'objected' }, desk.context),
  );
  expect(await propose()).toBe('CS002');
});
