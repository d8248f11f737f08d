import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, daysAfter } from '../days.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { entitySample } from '../testing/samples.ts';
import { listSubmissions } from './list-submissions.ts';
import { recordSubmission } from './record-submission.ts';
import { viewCalendar } from './view-calendar.ts';
import { viewRegisterFile } from './view-register-file.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const today = dayOf(new Date());
const given = { submittedOn: '2026-03-30', referenceDate: '2025-12-31', reference: 'CSSF-2026-17' };
const record = (input: object, actor = desk.manager) =>
  recordSubmission(actor, { ...given, ...input }, desk.context);

async function duty() {
  const view = await viewCalendar(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  return view.value.duties.find(({ id }) => id === 'register');
}

it('whoever saves the file has not submitted it', async () => {
  await newRecord(desk, 'entity', entitySample);
  const file = await viewRegisterFile(desk.auditor, { date: '2025-12-31' }, desk.context);
  if (!file.ok) throw new Error(file.refusal.sentence);
  await file.value.pieces.return(undefined);
  expect(await duty()).toMatchObject({ lastOn: null, state: 'unknown' });
});

it('a submission is recorded by somebody who may write, with days that have come', async () => {
  expect(await record({}, desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
  for (const [wrong, code] of [
    [{ submittedOn: daysAfter(today, 1) }, 'submission-ahead'],
    [{ referenceDate: '2026-12-31' }, 'submission-early'],
    [{ referenceDate: '2024-12-31' }, 'form-invalid'],
    [{ submittedOn: '2026-02-30' }, 'form-invalid'],
    [{ reference: ' ' }, 'form-invalid'],
    [{ reference: 'x'.repeat(201) }, 'form-invalid'],
  ] as const)
    expect(await record(wrong)).toMatchObject({ refusal: { code } });
  expect(await duty()).toMatchObject({ lastOn: null });
});

it('the duty of the year counts from the newest day, and every submission stays with who recorded it', async () => {
  const second = { submittedOn: '2026-04-02', reference: 'CSSF-2026-18' };
  expect(await record(second, desk.administrator)).toMatchObject({ ok: true });
  expect(await record({})).toMatchObject({ ok: true });
  expect(await duty()).toMatchObject({ lastOn: '2026-04-02', dueOn: '2027-04-02', state: 'due' });
  expect(await listSubmissions(desk.auditor, desk.context)).toMatchObject({
    ok: true,
    value: [
      { ...given, ...second, by: 'Ben Okafor' },
      { ...given, by: 'Mara Lind' },
    ],
  });
  const entries = await desk.owner.auditEntry.findMany({
    where: { kind: 'register-of-information-submitted' },
    orderBy: { id: 'asc' },
  });
  expect(entries.map(({ actor }) => actor)).toEqual([
    desk.administrator.personId,
    desk.manager.personId,
  ]);
});

it('the web server alone records none for nobody, ahead, or without an audit entry', async () => {
  const insert = (by: string, days: number) => desk.context.db.$executeRaw`
    insert into register_submission (id, submitted_on, reference_date, reference, recorded_by, recorded_at)
      values (gen_random_uuid(), current_date + ${days}::int, '2025-12-31', 'X', ${by}, now())`;
  await expect(insert(desk.manager.personId, 0)).rejects.toThrow('without its audit entry');
  await expect(insert('system', 0)).rejects.toThrow('by somebody');
  await expect(insert('p-nobody', 0)).rejects.toThrow('by somebody');
  await expect(insert(desk.manager.personId, 1)).rejects.toThrow('after it was made');
});
