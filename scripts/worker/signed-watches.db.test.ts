/** What whoever has the web server writes in people's names is said, by the worker and by itself. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openReport } from '#lib/incidents/reports/open-report.ts';
import { openIncidentDesk, type IncidentDesk } from '#lib/incidents/testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '#lib/incidents/testing/major-incident.ts';
import { pressReport } from '#lib/incidents/testing/press-report.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { signedWatches } from './signed-watches.ts';

let desk: IncidentDesk;
let look: () => Promise<void>;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
  await adoptRosterOfAll(desk.owner);
  const watches = signedWatches({ db: desk.worker, clock: desk.context.clock });
  look = async () => {
    for (const [, run] of watches) await run();
  };
});
afterAll(() => desk.close());

const said = () => desk.owner.incidentRecord.findMany({ where: { what: 'signature-unproved' } });
const checkOf = (id: string) =>
  desk.owner.workerCheck.findUnique({ where: { subject_id: { subject: 'report', id } } });

async function raised(): Promise<string> {
  const { id: incident } = await majorIncident(desk);
  const { ada } = desk.people;
  const begun = await openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context);
  const { id } = valueOf(begun);
  const overrideReason = 'The authority asks for it in this form.';
  valueOf(await pressReport(desk, ada, { id, seen: 0, step: 'raised', overrideReason }));
  return id;
}

/** As whoever has the web server can: texts that fit, and a press that is none. */
async function forgeRaise(): Promise<string> {
  const { id: incident } = await majorIncident(desk);
  const { ada } = desk.people;
  const begun = await openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context);
  const { id } = valueOf(begun);
  await desk.web.incidentReportStep.create({
    data: {
      reportId: id,
      seq: 1,
      step: 'raised',
      actor: ada.actor.personId,
      at: desk.context.clock(),
      facts: { digest: 'a'.repeat(64) },
      statement: '{}',
      assertion: {},
      credentialId: 'made-up',
    },
  });
  return id;
}

describe('the worker', () => {
  it('finds that a report raised and released with keys holds, and looks again when it moves and once a day', async () => {
    const id = await raised();
    await look();
    expect(await checkOf(id)).toMatchObject({ seen: 1, faults: [], incident: null });
    valueOf(await pressReport(desk, desk.people.ben, { id, seen: 1, step: 'released' }));
    desk.context.passTime(31_000);
    await look();
    const second = await checkOf(id);
    expect(second).toMatchObject({ seen: 2, faults: [], incident: null });
    desk.context.passTime(3_600_000);
    await look();
    expect(await checkOf(id)).toEqual(second);
    desk.context.passTime(86_400_000);
    await look();
    expect((await checkOf(id))?.checkedAt.getTime()).toBeGreaterThan(
      second?.checkedAt.getTime() ?? Infinity,
    );
    expect(await said()).toEqual([]);
  });

  it('opens one incident for a press that was made up, however often it looks', async () => {
    const id = await forgeRaise();
    for (const pass of [31_000, 31_000, 90_000_000]) {
      desk.context.passTime(pass);
      await look();
    }
    const [incident, ...more] = await said();
    expect(more).toEqual([]);
    expect(incident?.title).toContain('initial report, raised: no statement is kept');
    expect(incident?.title).not.toContain(desk.people.ada.actor.personId);
    expect(await checkOf(id)).toMatchObject({ incident: incident?.number });
  });

  it('has its memory to itself, and can forget nothing it said', async () => {
    const data = {
      subject: 'report',
      id: randomUUID(),
      seen: 9,
      checkedAt: new Date(),
      faults: [],
    };
    await expect(desk.web.workerCheck.create({ data })).rejects.toThrow('42501');
    await expect(
      desk.worker.workerCheck.updateMany({ data: { faults: [], incident: null } }),
    ).rejects.toThrow('CS002');
  });
});
