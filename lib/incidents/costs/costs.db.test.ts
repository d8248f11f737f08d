import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listReports } from '../reports/list-reports.ts';
import { openReport } from '../reports/open-report.ts';
import { viewReport } from '../reports/view-report.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { viewWorksheet } from '../worksheet/view-worksheet.ts';
import { recordCost } from './record-cost.ts';
import { viewYear } from './view-year.ts';
import { yearFile } from './view-year-file.ts';

let desk: IncidentDesk;
let year: string;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
  year = String(desk.context.clock().getUTCFullYear());
});
afterAll(() => desk.close());

const book = async (id: string, more: object = {}, by = desk.people.ada) =>
  recordCost(
    by.actor,
    { id, year, category: 'h', gross: '0', recoveries: '', corrects: '', ...more },
    desk.context,
  );
const codeOf = async (booking: ReturnType<typeof book>): Promise<string> => {
  const booked = await booking;
  return booked.ok ? 'done' : booked.refusal.code;
};
const estimate = async () => valueOf(await viewYear(desk.people.ida.actor, { year }, desk.context));

it('costs are booked by year and kind, a newer line stands in the place of an older one, and the sums are exact', async () => {
  const { id, number } = await majorIncident(desk);
  expect(await codeOf(book(id, { gross: '90071992547409.93' }))).toBe('form-invalid');
  expect(await codeOf(book(id, { gross: '9007199254740.93' }))).toBe('done');
  expect(await codeOf(book(id, { category: 'c', gross: '0.10', recoveries: '0.03' }))).toBe('done');
  expect(await codeOf(book(id, { category: 'c', gross: '0.20', corrects: '2' }))).toBe('done');
  expect(await codeOf(book(id, { gross: '1', corrects: '2' }))).toBe('line-moved');
  expect(await codeOf(book(id, { gross: '1', corrects: '9' }))).toBe('line-unknown');
  const view = await estimate();
  expect(view.rows).toEqual([
    { incident: number, gross: 900719925474113n, recoveries: 0n, net: 900719925474113n },
  ]);
  const file = valueOf(
    await yearFile(desk.people.ida.actor, { year, format: 'csv' }, desk.context),
  );
  expect(new TextDecoder().decode(file.bytes)).toContain(
    `${number},9007199254741.13,0,9007199254741.13,EUR\r\nTotal,9007199254741.13,0,9007199254741.13,EUR`,
  );
  expect(file.name).toBe(`incident-costs-${year}.csv`);
});

it('what was booked stands in reports and is suggested to the worksheet', async () => {
  const { id } = await majorIncident(desk, { decide: false });
  valueOf(await book(id, { gross: '120000', recoveries: '20000.50' }));
  const { ada } = desk.people;
  const sheet = valueOf(await viewWorksheet(ada.actor, { id }, desk.context));
  expect(JSON.stringify(sheet)).toContain('20000.5');
  const opened = valueOf(await openReport(ada.actor, { id, stage: 'initial' }, desk.context));
  const report = valueOf(await viewReport(ada.actor, { id: opened.id }, desk.context));
  // The final report asks for them; what a stage doesn't ask for is not filled in by itself.
  expect(report.fields.find(({ no }) => no === '4.13')?.value).toBeNull();
  const { costs } = valueOf(await listReports(ada.actor, { incident: id }, desk.context));
  expect(costs.lines).toMatchObject([{ gross: 12_000_000n, recoveries: 2_000_050n }]);
});

it('impossible amounts, other years and people who only read are refused; nothing that is not major counts', async () => {
  const { id } = await reported(desk);
  const before = await estimate();
  for (const [more, code] of [
    [{ gross: '1e3' }, 'form-invalid'],
    [{ gross: '1.005' }, 'form-invalid'],
    [{ gross: '=1+1' }, 'form-invalid'],
    [{ gross: '5', year: '1999' }, 'form-invalid'],
    [{ gross: '5', year: String(Number(year) + 1) }, 'form-invalid'],
    [{ gross: '5', category: 'z' }, 'form-invalid'],
    [{}, 'nothing'],
  ] as const)
    expect([more, await codeOf(book(id, more))]).toEqual([more, code]);
  expect(await codeOf(book(id, { gross: '5' }, desk.people.ida))).toBe('not-allowed');
  expect(await codeOf(book(id, { gross: '5' }))).toBe('done');
  expect((await estimate()).rows).toEqual(before.rows);
  expect((await viewYear(desk.people.ida.actor, { year: '1066' }, desk.context)).ok).toBe(true);
  const other = await yearFile(
    desk.people.ida.actor,
    { year: '1066', format: 'csv' },
    desk.context,
  );
  expect(other).toMatchObject({ ok: false, refusal: { code: 'year-unknown' } });
});

it('a taken web process changes no line of costs, leaves none out, and corrects none twice', async () => {
  const { id } = await majorIncident(desk);
  valueOf(await book(id, { gross: '10' }));
  const web = new pg.Client({ connectionString: desk.database.urls.web });
  await web.connect();
  const refusal = async (sql: string): Promise<string | null> =>
    web.query(sql).then(
      () => null,
      (error: { code?: string }) => error.code ?? 'unknown',
    );
  const line = (seq: number, more = '5, 0, null') => `
    insert into incident_cost (incident_id, seq, year, category, gross_cents, recovery_cents, corrects, recorded_by, recorded_at)
      values ('${id}', ${seq}, ${year}, 'a', ${more}, '${desk.people.ada.actor.personId}', clock_timestamp())`;
  try {
    expect(await refusal(`update incident_cost set gross_cents = 1`)).toBe('42501');
    expect(await refusal(`delete from incident_cost`)).toBe('42501');
    expect(await refusal(line(3))).toBe('CS002');
    expect(await refusal(line(2, '5, 0, 2'))).toBe('23514');
    expect(await refusal(line(2, '5, 0, 1'))).toBeNull();
    expect(await refusal(line(3, '5, 0, 1'))).toBe('23505');
  } finally {
    await web.end();
  }
});
