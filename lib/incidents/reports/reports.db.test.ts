import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { pressReport } from '../testing/press-report.ts';
import { downloadReport } from './download-report.ts';
import { listReports } from './list-reports.ts';
import { declineReport, recordReceipt, recordSent, withdrawReport } from './move-report.ts';
import { openReport } from './open-report.ts';
import { saveDraft } from './save-draft.ts';
import { viewReport } from './view-report.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const codeOf = async (acting: Promise<unknown>): Promise<string> => {
  const result = (await acting) as { ok: boolean; refusal?: { code: string } };
  return result.ok ? 'done' : (result.refusal?.code ?? '?');
};
const view = async (id: string, by = desk.people.mia) =>
  valueOf(await viewReport(by.actor, { id }, desk.context));
const begin = async (incident: string, stage = 'initial') =>
  valueOf(await openReport(desk.people.ada.actor, { id: incident, stage }, desk.context)).id;

/** What only a person can say in an initial notification of the sample incident. */
const onlyPeopleKnow = { '2.4': 'Withdrawals of all clients failed at the node of the provider.' };

async function complete(id: string): Promise<void> {
  const { version, blocking } = await view(id);
  valueOf(
    await saveDraft(
      desk.people.ada.actor,
      { id, seen: version, values: onlyPeopleKnow },
      desk.context,
    ),
  );
  expect([
    blocking,
    (await view(id)).findings.filter((one) => one.severity === 'blocking'),
  ]).toEqual([blocking, []]);
}

it('a report cannot be begun before it is said what the entity is', async () => {
  const { id } = await reported(desk);
  const opened = openReport(desk.people.ada.actor, { id, stage: 'initial' }, desk.context);
  expect(await codeOf(opened)).toBe('entity-unknown');
  await recordSampleEntity(desk);
});

describe('a draft', () => {
  it('of an initial notification is filled with what the console knows, each value with its source', async () => {
    const incident = await majorIncident(desk);
    const report = await view(await begin(incident.id));
    const field = (no: string) => report.fields.find((one) => one.no === no);
    expect(field('1.2')).toMatchObject({ value: 'Sample Custody SE', source: 'filled' });
    expect(field('2.1')).toMatchObject({ value: incident.number, source: 'filled' });
    expect(field('2.7')).toMatchObject({ value: 'monitoring_systems' });
    expect(field('2.5')?.value).toEqual(
      expect.arrayContaining(['critical_services_affected', 'economic_impact']),
    );
    const { mandatory } = report.share;
    expect(mandatory.filled / mandatory.of).toBeGreaterThanOrEqual(0.6);
  });

  it('that breaks a rule is saved, and written over by nobody who did not see it', async () => {
    const id = await begin((await majorIncident(desk)).id);
    const { ada, ben, ida } = desk.people;
    const broken = { id, seen: 1, values: { '1.8': 'no address', '2.4': '' } };
    expect(await codeOf(saveDraft(ida.actor, broken, desk.context))).toBe('not-allowed');
    expect(await codeOf(saveDraft(ada.actor, broken, desk.context))).toBe('done');
    expect(await codeOf(saveDraft(ben.actor, broken, desk.context))).toBe('report-moved');
    const report = await view(id);
    expect(report.findings.find((one) => one.field === '1.8')?.severity).toBe('blocking');
    expect(report.fields.find((one) => one.no === '1.8')).toMatchObject({
      value: 'no address',
      source: 'entered',
    });
    const unknown = { id, seen: 2, values: { '9.9': 'x' } };
    expect(await codeOf(saveDraft(ada.actor, unknown, desk.context))).toBe('field-unknown');
    const type = { id, seen: 2, values: { '1.1': 'final_report' } };
    expect(await codeOf(saveDraft(ada.actor, type, desk.context))).toBe('field-unknown');
  });
});

describe('a submission', () => {
  it('needs two people with their keys, and stays as it was sent', async () => {
    const incident = await majorIncident(desk);
    const id = await begin(incident.id);
    await complete(id);
    const { ada, ben, ida } = desk.people;
    expect(await codeOf(pressReport(desk, ida, { id, seen: 0, step: 'raised' }))).toBe(
      'not-allowed',
    );
    expect(await codeOf(pressReport(desk, ada, { id, seen: 0, step: 'released' }))).toBe('not-now');
    expect(await codeOf(pressReport(desk, ada, { id, seen: 0, step: 'raised' }))).toBe('done');
    expect(await codeOf(pressReport(desk, ada, { id, seen: 1, step: 'released' }))).toBe(
      'same-person',
    );
    const edit = { id, seen: 2, values: { '2.4': 'Something else altogether.' } };
    expect(await codeOf(saveDraft(ada.actor, edit, desk.context))).toBe('not-now');
    expect(await codeOf(pressReport(desk, ben, { id, seen: 1, step: 'released' }))).toBe('done');
    const now = desk.context.clock();
    const early = {
      id,
      seen: '2',
      sentAt: fieldOf(new Date(now.getTime() - 3_600_000)),
      channel: 'portal',
    };
    expect(await codeOf(recordSent(ada.actor, early, desk.context))).toBe('too-early');
    const sent = { ...early, sentAt: fieldOf(desk.context.clock()) };
    expect(await codeOf(recordSent(ada.actor, sent, desk.context))).toBe('done');
    const receipt = { id, seen: '3', reference: 'BF-2026-4711', receivedAt: sent.sentAt };
    expect(await codeOf(recordReceipt(ada.actor, receipt, desk.context))).toBe('done');
    const file = valueOf(await downloadReport(ida.actor, { id }, desk.context));
    expect(JSON.parse(file.text)).toMatchObject({ incidentSubmission: 'initial_notification' });
    expect(file.digest).toBe((await view(id)).digest);
    const listed = valueOf(await listReports(ida.actor, { incident: incident.id }, desk.context));
    expect(listed.reports).toMatchObject([{ stage: 'initial', reference: 'BF-2026-4711' }]);
    // The next stage begins with what was sent.
    const next = await view(await begin(incident.id, 'intermediate'));
    expect(next.fields.find((one) => one.no === '2.4')?.value).toBe(onlyPeopleKnow['2.4']);
    expect(next.fields.find((one) => one.no === '3.1')?.value).toBe('BF-2026-4711');
  });

  it('that breaks rules is raised only with a reason, and then only with two people', async () => {
    const id = await begin((await majorIncident(desk)).id);
    const { ada, ben } = desk.people;
    valueOf(
      await saveDraft(ada.actor, { id, seen: 1, values: { '1.9': '0691234567' } }, desk.context),
    );
    expect(await codeOf(pressReport(desk, ada, { id, seen: 0, step: 'raised' }))).toBe(
      'breaks-rules',
    );
    const overrideReason = 'The authority’s portal asks for the number in this form.';
    expect(
      await codeOf(pressReport(desk, ada, { id, seen: 0, step: 'raised', overrideReason })),
    ).toBe('done');
    expect((await view(id)).steps[0]?.facts).toMatchObject({
      override: true,
      overrides: { reason: overrideReason },
    });
    expect(await codeOf(pressReport(desk, ben, { id, seen: 1, step: 'released' }))).toBe('done');
  });

  it('is declined by another person or withdrawn by who raised it, and written on again', async () => {
    const id = await begin((await majorIncident(desk)).id);
    await complete(id);
    const { ada, ben } = desk.people;
    valueOf(await pressReport(desk, ada, { id, seen: 0, step: 'raised' }));
    const decline = { id, seen: '1', reasons: 'The description does not say since when.' };
    expect(await codeOf(declineReport(ada.actor, decline, desk.context))).toBe('same-person');
    expect(await codeOf(declineReport(ben.actor, decline, desk.context))).toBe('done');
    valueOf(await pressReport(desk, ada, { id, seen: 2, step: 'raised' }));
    expect(await codeOf(withdrawReport(ben.actor, { id, seen: '3' }, desk.context))).toBe(
      'other-person',
    );
    expect(await codeOf(withdrawReport(ada.actor, { id, seen: '3' }, desk.context))).toBe('done');
    const edit = {
      id,
      seen: 2,
      values: { '2.4': 'Since ten o’clock withdrawals of all clients fail.' },
    };
    expect(await codeOf(saveDraft(ada.actor, edit, desk.context))).toBe('done');
  });

  it('is not what was signed when somebody did something with it in between', async () => {
    const id = await begin((await majorIncident(desk)).id);
    await complete(id);
    const { ada, ben } = desk.people;
    const between = async () =>
      valueOf(
        await saveDraft(
          ben.actor,
          { id, seen: 2, values: { '2.4': 'Another text, slipped in.' } },
          desk.context,
        ),
      );
    expect(await codeOf(pressReport(desk, ada, { id, seen: 0, step: 'raised' }, between))).toBe(
      'report-moved',
    );
  });
});
