/** When we were aware of a breach: by what is on record, and never by what would gain time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Result } from '#lib/platform/result.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import { providerSample } from '#lib/resilience/testing/samples.ts';
import { dismissed, opening, reported } from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { BreachWarnings } from './breach-warnings.ts';
import { listBreaches } from './list-breaches.ts';
import { confirmBreach, moveAwareness, reopenBreach } from './move-breach.ts';
import { openBreach } from './open-breach.ts';
import { readBreachTextsOf } from './read-breach-texts.ts';
import { viewBreach } from './view-breach.ts';

let desk: RequestDesk;
let processor: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  const provider = { kind: 'provider', id: null, seen: 0, facts: providerSample, texts: {} };
  ({ number: processor } = valueOf(
    await saveRecord(desk.people.mia.actor, provider, desk.context),
  ));
});
afterAll(() => desk.close());

const hourMs = 3_600_000;
const dora = () => desk.people.dora.actor;
const minute = (hoursAgo: number) =>
  fieldOf(new Date(desk.context.clock().getTime() - hoursAgo * hourMs));
const instant = (hoursAgo: number) => `${minute(hoursAgo).slice(0, 16)}:00.000Z`;
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const reasons = 'The log of the mail server shows it.';
const view = async (number: string) => valueOf(await viewBreach(dora(), number, desk.context));
const told = (noticed: number, toldUs: number) => ({
  source: 'processor',
  processor,
  noticedAt: minute(noticed),
  toldAt: minute(toldUs),
});
const confirm = (id: string, seen: number, hoursAgo: number) =>
  code(
    confirmBreach(
      dora(),
      { id, seen: `${seen}`, awareAt: minute(hoursAgo), reasons },
      desk.context,
    ),
  );
/** As whoever has the web server could write it. */
const put = (breachId: string, seq: number, kind: string, facts: object) =>
  desk.web.privacyBreachEvent.create({
    data: {
      breachId,
      seq,
      kind,
      facts: asJson(facts),
      actor: dora().personId,
      at: desk.context.clock(),
    },
  });

describe('a notice of a processor', () => {
  it('makes us aware when it was told, and at no later time', async () => {
    const { id, number } = await reported(desk, told(40, 30));
    expect(await confirm(id, 1, 2)).toBe('told-before');
    await expect(put(id, 2, 'confirmed', { awareAt: instant(2) })).rejects.toThrow(
      /none that can be/,
    );
    expect(await confirm(id, 1, 41)).toBe('too-early');
    expect(await confirm(id, 1, 30)).toBe('done');
    expect(Date.parse((await view(number)).clock.dueAt ?? '')).toBe(
      Date.parse(instant(30)) + 72 * hourMs,
    );
  });

  it('is of what was noticed before it, and lies in no future', async () => {
    const open = (more: object) =>
      code(openBreach(desk.people.ben.actor, { ...opening(desk), ...more }, desk.context));
    expect(await open(told(1, 2))).toBe('noticed-late');
    expect(await open(told(1, -1))).toBe('in-the-future');
    expect(await open(told(-1, -1))).toBe('in-the-future');
    const raw = (facts: object) =>
      desk.web.$transaction(async (tx) => {
        const id = randomUUID();
        const key = randomUUID().replaceAll('-', '');
        const { personId } = dora();
        const at = desk.context.clock();
        await tx.$executeRaw`insert into privacy_breach (id, key_id, opened_at, opened_by)
          values (${id}::uuid, ${key}, ${at}, ${personId})`;
        await tx.privacyBreachEvent.create({
          data: { breachId: id, seq: 1, kind: 'opened', facts: asJson(facts), actor: personId, at },
        });
      });
    const said = (toldAt: string) => ({
      source: 'processor',
      noticedAt: instant(2),
      processor: { number: processor, toldAt },
    });
    for (const wrong of [
      said(instant(-2)),
      said(instant(3)),
      { ...said(instant(1)), processor: null },
      { ...said(instant(1)), source: 'own' },
    ])
      await expect(raw(wrong)).rejects.toThrow(/noticed before/);
    await raw(said(instant(1)));
  });
});

describe('awareness', () => {
  it('is moved to before it was noticed only with that on record as well, and with the reasons', async () => {
    const { id, number } = await reported(desk, { noticedAt: minute(10) });
    expect(await confirm(id, 1, 9)).toBe('done');
    const move = (seen: number, awareAt: string, noticedAt = '') =>
      code(
        moveAwareness(dora(), { id, seen: `${seen}`, awareAt, noticedAt, reasons }, desk.context),
      );
    expect(await move(2, minute(20))).toBe('too-early');
    expect(await move(2, minute(20), minute(19))).toBe('too-early');
    expect(await move(2, minute(9.5), minute(9))).toBe('not-earlier');
    for (const facts of [
      { awareAt: instant(20) },
      { awareAt: instant(20), noticedAt: instant(19) },
      { awareAt: instant(9.5), noticedAt: instant(9.6) },
    ])
      await expect(put(id, 3, 'aware-moved', facts)).rejects.toThrow(/CS00|none that can|no later/);
    expect(await move(2, minute(20), minute(21))).toBe('done');
    const { standing, clock } = await view(number);
    expect([standing.noticedAt, clock.awareAt]).toEqual([instant(21), instant(20)]);
    const row = await desk.owner.privacyBreachStanding.findUniqueOrThrow({ where: { number } });
    expect([row.noticedAt.toISOString(), row.awareAt?.toISOString()]).toEqual([
      instant(21),
      instant(20),
    ]);
    expect(row.dueAt?.getTime()).toBe(Date.parse(clock.dueAt ?? ''));
    const texts = valueOf(await readBreachTextsOf(dora(), { id }, desk.context));
    expect(texts).toContainEqual({ seq: 3, field: 'reasons', text: reasons });
  });
});

describe('a suspicion', () => {
  const warned = async ({ id }: { id: string }) =>
    (
      await desk.owner.privacyBreachEvent.findMany({
        where: { breachId: id, kind: 'suspicion-warned' },
      })
    ).map(({ facts }) => (facts as { hours: number }).hours);
  const watch = () => new BreachWarnings({ db: desk.worker, clock: desk.context.clock }).look();

  it('has an end of our own, and stands first and in a list of its own once it is over', async () => {
    const fresh = await reported(desk, { noticedAt: minute(3) });
    const lying = await reported(desk, { noticedAt: minute(30) });
    expect((await view(fresh.number)).clock).toMatchObject({
      state: 'waiting',
      decideBy: new Date(Date.parse(instant(3)) + 24 * hourMs).toISOString(),
    });
    expect((await view(lying.number)).clock.state).toBe('lying');
    const list = valueOf(await listBreaches(dora(), { list: 'lying' }, desk.context));
    expect(list.rows.map(({ number }) => number)).toEqual([lying.number]);
    expect(list.lying).toBe(1);
  });

  it('of a processor’s notice is counted from when it told us', async () => {
    const breach = await reported(desk, told(80, 5));
    await watch();
    expect(await warned(breach)).toEqual([]);
    expect((await view(breach.number)).clock.state).toBe('waiting');
  });

  it('that comes back after it was found to be none is looked into anew', async () => {
    const breach = await reported(desk, { noticedAt: minute(80) });
    await watch();
    expect(await warned(breach)).toEqual([72]);
    await dismissed(desk, breach.id, 2, 'The letter had no personal data in it.');
    valueOf(await reopenBreach(dora(), { id: breach.id, seen: '4', reasons }, desk.context));
    const { standing, clock } = await view(breach.number);
    expect(clock.state).toBe('waiting');
    expect([...standing.suspicionWarned]).toEqual([]);
  });
});
