/** A person's data go from texts of the desk wherever somebody wrote them, and nothing else does. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { textTables } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { redactMentions } from '#lib/persons/texts/redact.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { listReports } from '../reports/list-reports.ts';
import { fieldOf, openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { recordSampleEntity } from '../testing/major-incident.ts';
import { saveThreatDraft } from '../threats/save-threat-draft.ts';
import { reportIncident } from './report-incident.ts';
import { viewIncident } from './view-incident.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

it('titles and drafts lose what is the person’s, and the pages show the rest', async () => {
  const person = newPersonId();
  const values = [{ field: 'full-name', value: 'Änne Müller' }] as const;
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id: person, values: { 'full-name': 'Änne Müller' } },
      { by: 'system', at: new Date() },
    ),
  );
  const { ada, ida } = desk.people;
  const { id } = valueOf(
    await reportIncident(
      ada.actor,
      {
        sort: 'threat',
        detectedAt: fieldOf(desk.context.clock()),
        title: 'A device of Anne Muller was stolen',
        description: 'It holds no key.',
      },
      desk.context,
    ),
  );
  const draft = { 14: 'Müller, Änne\nreported "it" at once.' };
  valueOf(await saveThreatDraft(ada.actor, { id, seen: 0, values: draft }, desk.context));
  expect((await mentionsOf(desk.owner, person)).map(({ table }) => table)).toEqual([
    'incident_text',
    'threat_draft',
  ]);
  expect(await redactMentions(desk.worker, { personId: person, values, at: new Date() })).toEqual({
    redacted: 2,
    kept: [],
    looked: expect.any(Array),
    isWhole: true,
  });
  const page = valueOf(await viewIncident(ida.actor, { id }, desk.context));
  expect(page.title).toBe(`A device of ${BLACK} was stolen`);
  const reports = valueOf(await listReports(ida.actor, { incident: id }, desk.context));
  expect(reports.threat?.[14]).toBe(`${BLACK}\nreported "it" at once.`);
});

it('the worker alone may black out, in every table of texts, and each is guarded', async () => {
  for (const table of textTables) {
    const sql = `update ${table} set sealed = sealed, redacted = redacted where false`;
    if (table === 'incident_submission')
      await expect(desk.worker.$executeRawUnsafe(sql)).rejects.toThrow('permission denied');
    else await desk.worker.$executeRawUnsafe(sql);
    await expect(desk.web.$executeRawUnsafe(sql)).rejects.toThrow('permission denied');
    const [guard] = await desk.owner.$queryRawUnsafe<{ count: number }[]>(
      `select count(*)::int as count from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = '${table}'::regclass and t.tgenabled = 'A' and p.prosrc like '%is_text_redaction%'`,
    );
    expect([table, (guard?.count ?? 0) > 0]).toEqual([table, true]);
  }
});
