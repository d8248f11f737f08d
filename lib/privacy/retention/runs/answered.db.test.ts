/** What is kept of a request counts from the last answer to the person, whatever comes after it or never comes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { withdrawRequest } from '../../requests/carry-out.ts';
import { noteRequest } from '../../requests/move-request.ts';
import { openRequestDesk, received, type RequestDesk } from '../../testing/request-desk.ts';
import { countCalendar } from '../calendar.ts';
import { findDue, fromTheStart } from './find-due.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const today = () => dayOf(desk.context.clock());
const due = async () => {
  const page = { day: today(), after: fromTheStart, most: 50 };
  return (await findDue(desk.worker, 'request-files', page)).map(({ subject }) => subject);
};

/** As if everything about it on record by now had happened four years ago. */
const aged = (id: string, state?: string) =>
  inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`alter table privacy_request_event disable trigger user`;
    await tx.$executeRaw`alter table privacy_request_standing disable trigger user`;
    if (state !== undefined) {
      await tx.$executeRaw`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
        values (${id}::uuid, 2, 'fulfilled', ${desk.people.dora.actor.personId}, now(), '{}')`;
      await tx.$executeRaw`update privacy_request_standing set state = ${state}, seq = 2 where request_id = ${id}::uuid`;
    }
    await tx.$executeRaw`update privacy_request_event set at = at - interval '4 years' where request_id = ${id}::uuid`;
    await tx.$executeRaw`update privacy_request_standing set received_at = received_at - interval '4 years'
      where request_id = ${id}::uuid`;
    for (const table of ['privacy_request_event', 'privacy_request_standing'])
      for (const { name } of await tx.$queryRawUnsafe<{ name: string }[]>(
        `select tgname as name from pg_trigger where not tgisinternal and tgrelid = '${table}'::regclass`,
      ))
        await tx.$executeRawUnsafe(`alter table ${table} enable always trigger ${name}`);
  });

it('a request that was answered and never closed is due three years later, and a note begins nothing anew', async () => {
  const answered = await received(desk, { message: 'Answered, and never closed.' });
  await aged(answered.id, 'fulfilled');
  const noted = await received(desk, { message: 'Withdrawn, and noted years later.' });
  const sent = { withdrawnAt: fieldOf(desk.context.clock()), proof: 'She called.' };
  const { actor } = desk.people.dora;
  valueOf(await withdrawRequest(actor, { id: noted.id, seen: '1', ...sent }, desk.context));
  await aged(noted.id);
  const note = 'Looked at it once more.';
  valueOf(await noteRequest(actor, { id: noted.id, seen: '2', note }, desk.context));
  const open = await received(desk, { message: 'Nobody answered me yet.' });
  await aged(open.id);
  expect((await due()).toSorted()).toEqual([answered.number, noted.number].toSorted());
  const { lines } = await inTransaction(desk.web, (tx) => countCalendar(tx, today()));
  expect(lines.find(({ code }) => code === 'request-files')?.counts[0]).toBe(2);
});
