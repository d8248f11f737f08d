import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openReport } from '../reports/open-report.ts';
import { saveDraft } from '../reports/save-draft.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { pressReport } from '../testing/press-report.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { loadIncident } from './load-incident.ts';
import { dropIncident } from './move-incident.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

const seqOf = async (id: string): Promise<number> => (await loadIncident(desk.web, id))?.seq ?? 0;
/** @returns code of the refusal, or `done`. */
async function drop(id: string, who: keyof IncidentDesk['people'] = 'ben'): Promise<string> {
  const form = { id, seen: String(await seqOf(id)), as: 'no-incident', of: '' };
  const input = { ...form, reasons: 'It was a planned restart.' };
  const result = await dropIncident(desk.people[who].actor, input, desk.context);
  return result.ok ? 'done' : result.refusal.code;
}
const entry = (value: string) => ({ value, estimated: false, evidence: null });
/** Its figures come down below what counts. */
async function makeSmall(id: string): Promise<void> {
  const facts = { clients_affected: entry('1'), gross_costs_eur: entry('500') };
  const form = { id, seen: await seqOf(id), facts };
  valueOf(await recordFacts(desk.people.ada.actor, form, desk.context));
}
async function reclassify(id: string): Promise<void> {
  const form = { id, seen: String(await seqOf(id)), verdict: 'reclassified' };
  const input = { ...form, reasons: 'The figures were of another day.' };
  valueOf(await classifyIncidentFile(desk.people.ben.actor, input, desk.context));
}
/** Ada raises the initial notification, Ben releases it. */
async function releaseInitial(incident: string): Promise<void> {
  const { ada, ben } = desk.people;
  const begun = await openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context);
  const { id } = valueOf(begun);
  const values = { '2.4': 'Withdrawals of all clients fail since ten o’clock.' };
  valueOf(await saveDraft(ada.actor, { id, seen: 1, values }, desk.context));
  valueOf(await pressReport(desk, ada, { id, seen: 0, step: 'raised' }));
  valueOf(await pressReport(desk, ben, { id, seen: 1, step: 'released' }));
}

describe('an incident is dropped', () => {
  it('by people who decide, and not while it is major by its facts', async () => {
    const { id } = await majorIncident(desk, { decide: false });
    expect(await drop(id, 'dora')).toBe('not-allowed');
    expect(await drop(id)).toBe('is-major');
    await makeSmall(id);
    expect(await drop(id)).toBe('done');
  });

  it('after it was called major only once another person took that back', async () => {
    const { id } = await majorIncident(desk);
    await makeSmall(id);
    expect(await drop(id)).toBe('is-major');
    await reclassify(id);
    expect(await drop(id)).toBe('done');
  });

  it('never once a report about it was released', async () => {
    const { id } = await majorIncident(desk);
    await releaseInitial(id);
    await makeSmall(id);
    await reclassify(id);
    expect(await drop(id)).toBe('is-reported');
  });
});
