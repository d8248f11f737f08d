/** What a program with the web's or the worker's rights can't do about breaches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { assessed, confirmed, pressBreach, reported } from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import {
  breachStates,
  breachWords,
  mayFollow,
  type BreachEventKind,
  type BreachState,
} from './life.ts';
import { proposeDismissal } from './move-breach.ts';
import { listPersons } from './tell-persons.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';

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
const dora = () => desk.people.dora.actor;
const minute = (hoursAgo = 0) =>
  fieldOf(new Date(desk.context.clock().getTime() - hoursAgo * 3_600_000));
const reasons = 'For reasons that stand here in full.';
const put = (id: string, seq: number, kind: string, facts: object, by = dora().personId) =>
  refusal(`insert into privacy_breach_event (breach_id, seq, kind, actor, at, facts)
    values ('${id}', ${seq}, '${kind}', '${by}', now(), '${JSON.stringify(facts)}')`);

it('what may follow what is the same in the database and in the program', async () => {
  const states: (BreachState | null)[] = [null, ...(Object.keys(breachStates) as BreachState[])];
  for (const kind of Object.keys(breachWords) as BreachEventKind[])
    for (const state of states) {
      const [row] = await desk.owner.$queryRaw<{ may: boolean }[]>`
        select privacy_breach_may(${state}, ${kind}) as may`;
      expect(row?.may, `${kind} after ${state}`).toBe(mayFollow(state, kind));
    }
});

describe('in the database', () => {
  it('a breach is never deleted, and nothing of it is changed', async () => {
    const { id } = await confirmed(desk);
    const listing = { id, seen: '2', persons: desk.subject };
    valueOf(await listPersons(dora(), listing, desk.context));
    const tables = ['event', 'text', 'statement', 'person', 'standing'].map(
      (one) => `privacy_breach_${one}`,
    );
    for (const table of ['privacy_breach', ...tables])
      for (const role of ['web', 'worker'] as const)
        expect(await refusal(`delete from ${table}`, role), `${role} ${table}`).toBe(
          // The worker takes a list out with the file, and before its time is over nothing of it.
          role === 'worker' && table === 'privacy_breach_person' ? 'CS002' : '42501',
        );
    for (const table of ['privacy_breach', ...tables])
      await expect(desk.owner.$executeRawUnsafe(`delete from ${table}`), table).rejects.toThrow();
    expect(
      await refusal(
        `update privacy_breach_standing set notified_at = now() where breach_id = '${id}'`,
      ),
    ).toBe('42501');
    expect(await refusal(`update privacy_breach_event set at = at - interval '1 hour'`)).toBe(
      '42501',
    );
  });

  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

  it('no risk needs two people, and nobody who advises', async () => {
    const { id } = await confirmed(desk);
    valueOf(await assessed(desk, id, 2));
    const { mia, ada } = desk.people;
    const events = 'a'.repeat(64);
    expect(await put(id, 4, 'clearance-approved', { of: 4, events }, ada.actor.personId)).toBe(
      'CS002',
    );
    expect(await put(id, 4, 'clearance-proposed', { events })).toBe('CS002');
    // Without what was signed.
    expect(await put(id, 4, 'clearance-proposed', { events }, mia.actor.personId)).toBe('CS003');
    valueOf(await pressBreach(desk, mia, { id, seen: '3', step: 'clearance-proposed', reasons }));
    const [row] = await desk.web.privacyBreachEvent.findMany({ where: { breachId: id, seq: 4 } });
    const digest = (row?.facts as { events: string } | undefined)?.events;
    const approved = { of: 4, events: digest };
    expect(await put(id, 5, 'clearance-approved', approved, mia.actor.personId)).toBe('CS002');
    expect(await put(id, 5, 'clearance-approved', { ...approved, of: 3 }, ada.actor.personId)).toBe(
      'CS002',
    );
    expect(await put(id, 5, 'clearance-approved', approved, ada.actor.personId)).toBe('CS003');
  });

  it('no time is gained, no step is left out and no reasons are missing', async () => {
    const { id } = await confirmed(desk, { noticedAt: minute(5) });
    expect(await put(id, 3, 'aware-moved', { awareAt: ago(0) })).toBe('CS002');
    expect(await put(id, 3, 'aware-moved', { awareAt: ago(9) })).toBe('CS002');
    expect(await put(id, 3, 'aware-moved', { awareAt: ago(1) })).toBe('CS003');
    expect(await put(id, 3, 'closed', {})).toBe('CS002');
    expect(await put(id, 3, 'dismissed', {})).toBe('CS002');
    expect(await put(id, 4, 'noted', {})).toBe('CS002');
    expect(await put(id, 3, 'noted', {}, 'system')).toBe('CS002');
    expect(await put(id, 3, 'warned', { hours: 24 }, 'system')).toBe('CS002');
    expect(await put(id, 3, 'notification-sent', { of: 1, sentAt: ago(0) })).toBe('CS002');
    expect(await put(id, 3, 'persons-listed', { count: 2 })).toBe('CS003');
    const notification = { phase: 1, digest: 'a'.repeat(64), missing: [], isLate: false };
    expect(
      await put(id, 3, 'notification-signed', notification, desk.people.mia.actor.personId),
    ).toBe('CS003');
  });

  it('that it was none is for two people, and for nobody who advises', async () => {
    const { id } = await reported(desk);
    const { mia, ada } = desk.people;
    expect(await put(id, 2, 'dismissed', {})).toBe('CS002');
    // Without its reasons.
    expect(await put(id, 2, 'dismissal-proposed', {})).toBe('CS003');
    const proposing = { id, seen: '1', reasons };
    valueOf(await proposeDismissal(dora(), proposing, desk.context));
    expect(await put(id, 3, 'dismissal-approved', { of: 2 })).toBe('CS002');
    expect(await put(id, 3, 'dismissal-approved', { of: 1 }, ada.actor.personId)).toBe('CS002');
    expect(await put(id, 3, 'dismissal-approved', {}, ada.actor.personId)).toBe('CS002');
    // Without what was signed.
    expect(await put(id, 3, 'dismissal-approved', { of: 2 }, ada.actor.personId)).toBe('CS003');
    const by = mia.actor.personId;
    const insert = (seq: number, kind: string, facts: object) =>
      `insert into privacy_breach_event (breach_id, seq, kind, actor, at, facts)
        values ('${id}', ${seq}, '${kind}', '${by}', now(), '${JSON.stringify(facts)}')`;
    const alone = `begin; ${insert(3, 'dismissal-proposed', {})}; ${insert(4, 'dismissal-approved', { of: 3 })}`;
    expect(await refusal(`${alone}; commit`)).toBe('CS002');
  });

  it('the worker warns and reads no text', async () => {
    expect(await refusal('select sealed from privacy_breach_text', 'worker')).toBe('42501');
    expect(await refusal('insert into privacy_breach_text default values', 'worker')).toBe('42501');
  });
});
