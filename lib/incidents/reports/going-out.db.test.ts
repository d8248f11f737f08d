/** What keeps a report from going out, or from being stuck on its way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTexts, sealTexts } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { triageIncident } from '../desk/move-incident.ts';
import { reportIncident } from '../desk/report-incident.ts';
import { recordProfile } from '../entity/record-profile.ts';
import { REPORT_FIELDS } from '../report/fields.ts';
import {
  fieldOf,
  openIncidentDesk,
  type DeskPerson,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { sampleProfile } from '../testing/major-incident.ts';
import { pressReport } from '../testing/press-report.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { recordReceipt, recordSent } from './move-report.ts';
import { openReport } from './open-report.ts';
import { saveDraft } from './save-draft.ts';
import { viewReport } from './view-report.ts';

const minute = 60_000;
let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  // No weekend moves the limit of an entity under NIS2.
  const profile = { ...sampleProfile, nis2Since: '2024-10-18' };
  valueOf(await recordProfile(desk.people.mia.actor, profile, desk.context));
});
afterAll(() => desk.close());

const codeOf = async (acting: Promise<unknown>): Promise<string> => {
  const result = (await acting) as { ok: boolean; refusal?: { code: string } };
  return result.ok ? 'done' : (result.refusal?.code ?? '?');
};
const seenOf = async (id: string): Promise<string> =>
  String((await loadIncident(desk.web, id))?.seq);

async function noticed(ago: number, by: DeskPerson): Promise<string> {
  const { ben } = desk.people;
  const form = {
    sort: 'incident',
    detectedAt: fieldOf(new Date(desk.context.clock().getTime() - ago)),
    title: 'The node is down',
    description: 'It does not answer any more.',
  };
  const { id } = valueOf(await reportIncident(by.actor, form, desk.context));
  const triage = { id, seen: '1', severity: '2', category: 'other', reasons: 'Clients must wait.' };
  valueOf(await triageIncident(ben.actor, triage, desk.context));
  return id;
}
const decide = async (id: string, verdict: string, by = desk.people.mia) =>
  classifyIncidentFile(
    by.actor,
    { id, seen: await seenOf(id), verdict, reasons: 'By the facts of the worksheet.' },
    desk.context,
  );
/** Makes the worksheet say so. */
const majorFacts = async (id: string): Promise<void> => {
  const facts = {
    cs_b_authorised_services: true,
    cs_a_cif_systems: true,
    clients_affected: '9',
    clients_total_service: '80',
    gross_costs_eur: '250000',
    discovery: 'monitoring_systems',
    continuity_activated: 'no',
  };
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    { value, estimated: false, evidence: null },
  ]);
  const form = { id, seen: Number(await seenOf(id)), facts: Object.fromEntries(entries) };
  valueOf(await recordFacts(desk.people.ben.actor, form, desk.context));
};
const begin = async (incident: string): Promise<string> => {
  const { ada } = desk.people;
  const opening = openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context);
  const { id } = valueOf(await opening);
  const values = { '2.4': 'Withdrawals of all clients fail since ten o’clock.' };
  valueOf(await saveDraft(ada.actor, { id, seen: 1, values }, desk.context));
  return id;
};
const raised = async (incident: string, overrideReason?: string): Promise<string> => {
  const id = await begin(incident);
  const raise = { id, seen: 0, step: 'raised' as const, ...(overrideReason && { overrideReason }) };
  valueOf(await pressReport(desk, desk.people.ada, raise));
  return id;
};
const release = (id: string, by: DeskPerson) =>
  pressReport(desk, by, { id, seen: 1, step: 'released' });
const sent = (id: string, at: Date, seen = '2') =>
  recordSent(
    desk.people.ada.actor,
    { id, seen, sentAt: fieldOf(at), channel: 'portal' },
    desk.context,
  );

describe('a release by one person alone', () => {
  const late = 23.5 * 60 * minute;

  it('is not for who made the limit near by the time that they entered, in the report or the worksheet', async () => {
    const { ada, ben } = desk.people;
    const own = await noticed(late, ada);
    await majorFacts(own);
    valueOf(await decide(own, 'major'));
    const report = await raised(own);
    expect(await codeOf(release(report, ada))).toBe('same-person');
    expect(valueOf(await viewReport(ada.actor, { id: report }, desk.context)).can.alone).toBe(
      false,
    );
    // Entered by somebody else it is a limit that nears.
    const detected = new Date(desk.context.clock().getTime() - late).toISOString();
    const facts = { detected_at: { value: detected, estimated: false, evidence: null } };
    const form = { id: own, seen: Number(await seenOf(own)), facts };
    valueOf(await recordFacts(ben.actor, form, desk.context));
    expect(await codeOf(release(report, ada))).toBe('done');
  });

  it('is recorded as sent before it is reviewed, so that none stays unsent', async () => {
    const { ada, ben } = desk.people;
    const incident = await noticed(late, ben);
    await majorFacts(incident);
    valueOf(await decide(incident, 'major'));
    const id = await raised(incident);
    valueOf(await release(id, ada));
    const review = (seen: number) => pressReport(desk, ben, { id, seen, step: 'reviewed' });
    expect(await codeOf(review(2))).toBe('not-now');
    valueOf(await sent(id, desk.context.clock()));
    expect(await codeOf(review(3))).toBe('done');
    expect(await codeOf(review(4))).toBe('not-now');
  });
});

describe('a report', () => {
  it('is not released when it was decided since that the incident is not major', async () => {
    const incident = await noticed(0, desk.people.ada);
    const id = await raised(incident, 'The authority asked for it before it was decided.');
    valueOf(await decide(incident, 'not-major'));
    expect(await codeOf(release(id, desk.people.ben))).toBe('not-notified');
    expect(
      valueOf(await viewReport(desk.people.ben.actor, { id }, desk.context)).can,
    ).toMatchObject({ release: false, decline: true });
  });

  it('is recorded as sent until it was decided that there was nothing to notify, and not after', async () => {
    const { ben, mia } = desk.people;
    const incident = await noticed(0, desk.people.ada);
    await majorFacts(incident);
    valueOf(await decide(incident, 'major'));
    const id = await raised(incident);
    valueOf(await release(id, ben));
    const before = desk.context.clock();
    const facts = {
      clients_affected: { value: '1', estimated: false, evidence: null },
      gross_costs_eur: { value: '500', estimated: false, evidence: null },
    };
    const form = { id: incident, seen: Number(await seenOf(incident)), facts };
    valueOf(await recordFacts(mia.actor, form, desk.context));
    valueOf(await decide(incident, 'reclassified', ben));
    desk.context.passTime(2 * minute);
    expect(await codeOf(sent(id, desk.context.clock()))).toBe('not-notified');
    expect(await codeOf(sent(id, before))).toBe('done');
    const receipt = (at: Date) =>
      recordReceipt(
        desk.people.ada.actor,
        { id, seen: '3', reference: 'BF-2026-1', receivedAt: fieldOf(at) },
        desk.context,
      );
    expect(await codeOf(receipt(new Date(before.getTime() - 2 * minute)))).toBe('too-early');
    expect(await codeOf(receipt(before))).toBe('done');
  });

  it('that is saved too often, or with too much in it, is refused by name', async () => {
    const { ada } = desk.people;
    const id = await begin(await noticed(0, ada));
    const long = REPORT_FIELDS.map(({ no }) => no)
      .filter((no) => no !== '1.1')
      .slice(0, 40);
    const values = Object.fromEntries(long.map((no) => [no, 'x'.repeat(32_000)]));
    expect(await codeOf(saveDraft(ada.actor, { id, seen: 2, values }, desk.context))).toBe(
      'too-large',
    );
    const draft = await desk.owner.incidentReportDraft.findFirstOrThrow({
      where: { reportId: id, version: 2 },
    });
    const [text] = await openTexts('incident_report_draft', [draft]);
    const copies = await sealTexts(
      'incident_report_draft',
      Array.from({ length: 498 }, () => text ?? ''),
    );
    await desk.owner.incidentReportDraft.createMany({
      data: copies.map((copy, index) => ({ ...draft, ...copy, version: index + 3 })),
    });
    const more = { id, seen: 500, values: { '2.4': 'Once more.' } };
    expect(await codeOf(saveDraft(ada.actor, more, desk.context))).toBe('too-many');
  });
});
