import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { correctText } from '../register/correct-text.ts';
import { exportComplaints } from './export-complaints.ts';
import { listComplaints } from './list-complaints.ts';
import { acknowledgeComplaint, decideComplaint, delayComplaint } from './move-complaint.ts';
import { recordComplaint } from './record-complaint.ts';
import { viewComplaint } from './view-complaint.ts';

const dayMs = 86_400_000;
let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
  await desk.owner.client.create({ data: { id: 'C-1001' } });
});
afterAll(() => desk.database.drop());

const one = () => desk.founders[0].actor;
const two = () => desk.founders[1].actor;
const complaint = {
  client: 'C-1001',
  topic: 'transfer-delay',
  language: 'de',
  channel: 'electronic',
  complainant: 'Erika Beispiel',
  subject: 'My transfer took three days.',
};
/** As the form writes it, so many minutes from when the test began: the database's clock does not jump. */
const started = Date.now();
const inMinutes = (minutes: number): string =>
  new Date(started + minutes * 60_000).toISOString().slice(0, 16);
const record = (over = {}) =>
  recordComplaint(one(), { ...complaint, receivedAt: inMinutes(-30), ...over }, desk.context);
const decide = (who: ReturnType<typeof one>, id: string, seen: number, over = {}) =>
  decideComplaint(
    who,
    {
      id,
      seen: String(seen),
      outcome: 'upheld',
      language: 'de',
      reasons: 'The transfer waited for a second person; the fee is paid back.',
      ...over,
    },
    desk.context,
  );
const acknowledge = (id: string, language = 'de') =>
  acknowledgeComplaint(one(), { id, seen: '0', language }, desk.context);
const view = async (id: string, who = one()) => valueOf(await viewComplaint(who, id, desk.context));

describe('a complaint', () => {
  it('comes in, is acknowledged, and is decided with reasons by a second person, never by the first', async () => {
    const { id, number } = valueOf(await record());
    expect(await decide(two(), id, 0)).toMatchObject({ refusal: { code: 'step-not-now' } });
    valueOf(await acknowledge(id));
    expect((await view(id)).decideRefusal).toContain('a colleague decides');
    expect(await decide(one(), id, 1)).toMatchObject({ refusal: { code: 'same-person' } });
    expect((await view(id, two())).can.decide).toBe(true);
    valueOf(await decide(two(), id, 1));
    expect(await decide(two(), id, 1)).toMatchObject({ refusal: { code: 'case-moved' } });
    const { complaint: now, steps } = await view(id);
    expect(now).toMatchObject({
      state: 'decided',
      outcome: 'upheld',
      acknowledged: { state: 'met' },
      decided: { state: 'met' },
    });
    expect(steps.map(({ step }) => step)).toEqual(['acknowledged', 'decided']);
    const { entries } = await auditOf(desk.owner, { subject: number });
    expect(entries.map(({ kind, facts }) => [kind, facts['step'] ?? null])).toEqual([
      ['register-moved', 'decided'],
      ['register-moved', 'acknowledged'],
      ['register-opened', null],
    ]);
    expect(JSON.stringify(entries)).not.toContain('Erika');
  });

  it('is refused by name where the form is wrong, the client unknown or the time ahead', async () => {
    const cases: readonly [string, object][] = [
      ['client-unknown', { client: 'C-9999' }],
      ['in-the-future', { receivedAt: inMinutes(5) }],
      ['form-invalid', { topic: 'anything' }],
      ['form-invalid', { receivedAt: '2026-02-30T10:00' }],
      ['text-invalid', { complainant: ' ' }],
    ];
    const before = await desk.owner.registerCase.count();
    for (const [code, over] of cases)
      expect([over, await record(over)]).toMatchObject([over, { refusal: { code } }]);
    expect(await desk.owner.registerCase.count()).toBe(before);
  });

  it('is answered in its own language, or not at all', async () => {
    const { id } = valueOf(await record());
    expect(await acknowledge(id, 'en')).toMatchObject({ refusal: { code: 'other-language' } });
    valueOf(await acknowledge(id));
    expect(await decide(two(), id, 1, { language: 'en' })).toMatchObject({
      refusal: { code: 'other-language' },
    });
  });

  it('two people who decide at the same moment decide once', async () => {
    const { id } = valueOf(await record());
    valueOf(await acknowledge(id));
    const [, control, custody] = desk.founders;
    const answers = await Promise.all([control, custody].map(({ actor }) => decide(actor, id, 1)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
  });

  it('a correction keeps the earlier version, and one of an older version is refused', async () => {
    const { id } = valueOf(await record());
    const correct = (version: number, text: string) =>
      correctText(
        one(),
        { id, seq: '0', kind: 'complainant', version: String(version), text },
        desk.context,
      );
    valueOf(await correct(1, 'Erika Muster'));
    expect(await correct(1, 'Someone Else')).toMatchObject({ refusal: { code: 'text-moved' } });
    expect(await view(id)).toMatchObject({
      complaint: { complainant: 'Erika Muster' },
      versions: { complainant: 2, subject: 1 },
    });
    const kept = await desk.owner.registerText.findMany({
      where: { caseId: id, kind: 'complainant' },
      orderBy: { version: 'asc' },
    });
    expect(await openTexts('register_text', kept)).toEqual(['Erika Beispiel', 'Erika Muster']);
  });
});

describe('the register', () => {
  it('lists what is open with what is overdue, and the delay that was announced', async () => {
    const { id } = valueOf(await record({ client: '' }));
    valueOf(await acknowledge(id));
    const delay = (until: string) =>
      delayComplaint(
        one(),
        { id, seen: '1', until, reasons: 'An outside expert has to be asked.' },
        desk.context,
      );
    expect(await delay('2026-11-20')).toMatchObject({ refusal: { code: 'day-passed' } });
    valueOf(await delay(inMinutes(80 * 1440).slice(0, 10)));
    desk.context.passTime(70 * dayMs);
    const list = valueOf(await listComplaints(one(), { before: null }, desk.context));
    const listed = list.open.find((entry) => entry.id === id);
    expect(listed).toMatchObject({ state: 'delayed', decided: { state: 'overdue' } });
    expect(list.decided.length).toBeGreaterThan(0);
    expect(list.decided.every(({ state }) => state === 'decided')).toBe(true);
    desk.context.passTime(-70 * dayMs);
  });

  it('goes out as CSV in which a name that is a formula is text, and the trail says who took it', async () => {
    valueOf(await record({ complainant: '=HYPERLINK("https://evil.example")' }));
    const { text, lines } = valueOf(await exportComplaints(two(), desk.context));
    expect(lines).toBe(await desk.owner.registerCase.count({ where: { register: 'complaint' } }));
    expect(text).toContain(`'=HYPERLINK`);
    const { entries } = await auditOf(desk.owner, { subject: 'complaint' });
    expect(entries).toMatchObject([
      { kind: 'register-exported', actor: two().personId, facts: { lines } },
    ]);
  });

  it('is closed to who may not read it, and an unknown complaint is unknown', async () => {
    const stranger = { ...one(), scopes: new Set(['ledger:read'] as const) };
    for (const answer of [
      await listComplaints(stranger, { before: null }, desk.context),
      await exportComplaints(stranger, desk.context),
      await viewComplaint(stranger, 'x', desk.context),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
    for (const id of ['x', '11111111-1111-4111-8111-111111111111'])
      expect(await viewComplaint(one(), id, desk.context)).toMatchObject({
        refusal: { code: 'complaint-unknown' },
      });
  });
});
