/** One event, two clocks: what an incident and a breach of personal data know of each other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { linkIncident } from '#lib/incidents/desk/link-incident.ts';
import { viewIncident } from '#lib/incidents/desk/view-incident.ts';
import { LimitWatch } from '#lib/incidents/limits/watch-limits.ts';
import { loadKnowledge } from '#lib/incidents/reports/load-knowledge.ts';
import { loadIncident } from '#lib/incidents/desk/load-incident.ts';
import { fieldOf, reported as incidentReported } from '#lib/incidents/testing/incident-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { assessed, confirmed, pressBreach, reported, severe } from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { linkBreach } from './link-breach.ts';
import { confirmBreach } from './move-breach.ts';
import { recordNotified } from './tell-breach.ts';
import { viewBreach } from './view-breach.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const incidentView = async (id: string) =>
  valueOf(await viewIncident(desk.people.ada.actor, { id }, desk.context));
const breachClocks = async (id: string) =>
  (await incidentView(id)).clocks
    .filter((clock) => clock.id.startsWith('breach-'))
    .map(({ id: clock, state }) => `${clock} ${state}`);
const notify = async (id: string, seen: number) => {
  const later = 'We are still counting whom it concerns.';
  const signing = { id, seen: `${seen}`, step: 'notification-signed', later };
  valueOf(await pressBreach(desk, desk.people.mia, signing));
  const sending = { sentAt: fieldOf(desk.context.clock()), channel: 'portal', reference: 'DSB-1' };
  valueOf(await recordNotified(dora(), { id, seen: `${seen + 1}`, ...sending }, desk.context));
};

it('an incident that is reported as a breach is linked in the same step, and each page shows the other’s clock', async () => {
  const incident = await incidentReported(desk);
  const breach = await reported(desk, { incident: incident.number });
  expect((await incidentView(incident.id)).links).toEqual([
    { kind: 'breach', ref: breach.number, href: `/privacy/breaches/${breach.number}` },
  ]);
  // Nobody is aware of a breach yet.
  expect(await breachClocks(incident.id)).toEqual([]);
  const awareAt = fieldOf(desk.context.clock());
  const reasons = 'The log shows what was copied.';
  valueOf(
    await confirmBreach(dora(), { id: breach.id, seen: '1', awareAt, reasons }, desk.context),
  );
  expect(await breachClocks(incident.id)).toEqual(['breach-authority running']);
  await new LimitWatch({ db: desk.worker, clock: desk.context.clock }).look();
  const [shown] = valueOf(await viewBreach(dora(), breach.number, desk.context)).incidents;
  expect(shown).toMatchObject({ id: incident.id, number: incident.number, state: 'new' });
  expect(shown?.dueAt).not.toBe(null);
  valueOf(await assessed(desk, breach.id, 2, severe));
  expect(await breachClocks(incident.id)).toEqual([
    'breach-authority running',
    'breach-persons running',
  ]);
  await notify(breach.id, 3);
  expect(await breachClocks(incident.id)).toEqual([
    'breach-authority met',
    'breach-persons running',
  ]);
});

it('the report of an incident knows whether the authority of data protection was told', async () => {
  const incident = await incidentReported(desk);
  const breach = await confirmed(desk);
  valueOf(await linkBreach(dora(), { id: breach.id, incident: incident.number }, desk.context));
  const known = () =>
    inTransaction(desk.web, async (tx) => {
      const file = await loadIncident(tx, incident.id);
      return file && (await loadKnowledge(tx, file, null, desk.context.clock())).breachNotified;
    });
  expect(await known()).toBeUndefined();
  await notify(breach.id, 2);
  expect(await known()).toMatchObject({
    value: true,
    from: expect.stringContaining(breach.number),
  });
});

it('that no risk is likely stops the incident’s clock of it only once two people decided it', async () => {
  const incident = await incidentReported(desk);
  const breach = await confirmed(desk);
  const typed = ` ${incident.number.toLowerCase()} `;
  valueOf(await linkBreach(dora(), { id: breach.id, incident: typed }, desk.context));
  valueOf(await assessed(desk, breach.id, 2));
  expect(await breachClocks(incident.id)).toEqual(['breach-authority running']);
  const { mia, ada } = desk.people;
  const reasons = 'It came back unopened.';
  const proposing = { id: breach.id, seen: '3', step: 'clearance-proposed', reasons };
  valueOf(await pressBreach(desk, mia, proposing));
  expect(await breachClocks(incident.id)).toEqual(['breach-authority running']);
  valueOf(await pressBreach(desk, ada, { id: breach.id, seen: '4', step: 'clearance-approved' }));
  expect(await breachClocks(incident.id)).toEqual(['breach-authority stopped']);
});

it('of several breaches the one whose authority waits the longest counts', async () => {
  const incident = await incidentReported(desk);
  const told = await confirmed(desk);
  await notify(told.id, 2);
  const waiting = await confirmed(desk);
  for (const { id } of [told, waiting])
    valueOf(await linkBreach(dora(), { id, incident: incident.number }, desk.context));
  expect(await breachClocks(incident.id)).toEqual(['breach-authority running']);
});

it('a breach that is not on record is linked to nothing', async () => {
  const { id } = await incidentReported(desk);
  const ref = 'PB-2026-999999';
  const linked = await linkIncident(
    desk.people.ada.actor,
    { id, kind: 'breach', ref },
    desk.context,
  );
  expect(linked).toMatchObject({ ok: false, refusal: { code: 'link-unknown' } });
  const { id: breach } = await confirmed(desk);
  const other = await linkBreach(dora(), { id: breach, incident: 'INC-2026-999999' }, desk.context);
  expect(other).toMatchObject({ ok: false, refusal: { code: 'incident-unknown' } });
});
