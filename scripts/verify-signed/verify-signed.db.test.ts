/** What stands in the database is proved by the keys that a roster gives, and nothing else is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealText, type SealedText } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openReport } from '#lib/incidents/reports/open-report.ts';
import { openIncidentDesk, type IncidentDesk } from '#lib/incidents/testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '#lib/incidents/testing/major-incident.ts';
import { pressReport } from '#lib/incidents/testing/press-report.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { makePack } from '#lib/resilience/board/make-pack.ts';
import { prepareBoardEvidence } from '#lib/resilience/board/prepare-evidence.ts';
import { quarterBefore } from '#lib/resilience/board/quarter.ts';
import { submitBoardEvidence } from '#lib/resilience/board/submit-evidence.ts';
import {
  openBoardDesk,
  press,
  signPack,
  type BoardDesk,
} from '#lib/resilience/board/testing/board-desk.ts';
import { findEvidenceFaults, findPackFaults, withSignatures } from './board-faults.ts';
import { findUnproved } from './find-unproved.ts';
import type { Fault } from './kept.ts';
import { findReportFaults, withSteps, type CountingAt, type ReportRow } from './report-faults.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

let incidents: IncidentDesk;
let board: BoardDesk;
let report: ReportRow;
let reportsCounted: CountingAt;
let boardCounted: CountingAt;
let packId: string;

async function countingOf(owner: Database): Promise<CountingAt> {
  const roster = await rosterOf(owner);
  return async () => Promise.resolve({ rosters: [roster], ended: new Set() });
}

let otherCopy: SealedText;

beforeAll(async () => {
  incidents = await openIncidentDesk();
  await recordSampleEntity(incidents);
  const { ada, ben } = incidents.people;
  const { id: incident } = await majorIncident(incidents);
  const { id } = valueOf(
    await openReport(ada.actor, { id: incident, stage: 'initial' }, incidents.context),
  );
  const overrideReason = 'The authority asks for it in this form.';
  valueOf(await pressReport(incidents, ada, { id, seen: 0, step: 'raised', overrideReason }));
  valueOf(await pressReport(incidents, ben, { id, seen: 1, step: 'released' }));
  report = await incidents.owner.incidentReport.findUniqueOrThrow({
    where: { id },
    include: withSteps,
  });
  reportsCounted = await countingOf(incidents.owner);

  board = await openBoardDesk();
  const { mara, nils, ben: maker } = board.people;
  const quarter = quarterBefore(board.context.clock(), 0);
  ({ id: packId } = valueOf(await makePack(maker.actor, { quarter }, board.context)));
  const conditions = 'Look at it again in May.';
  valueOf(await signPack(board, mara, { id: packId, decision: 'conditions', conditions }));
  valueOf(await signPack(board, nils, { id: packId, decision: 'noted' }));
  const evidence = {
    duty: '5-2-b',
    title: 'Policy on the security of information',
    version: '3.1',
    sha256: 'ab'.repeat(32),
    decidedOn: '2026-01-02',
    decision: 'approved',
    members: [mara.actor.personId, nils.actor.personId],
    author: maker.actor.personId,
  };
  valueOf(
    await press(board, mara, evidence, {
      prepare: prepareBoardEvidence,
      submit: submitBoardEvidence,
    }),
  );
  boardCounted = await countingOf(board.owner);
  otherCopy = await sealText('incident_submission', '{}');
});
afterAll(async () => {
  await Promise.all([incidents.close(), board.close()]);
});

const faultsOf = async (faults: Promise<Fault[]>) => (await faults).map(({ fault }) => fault);
const reportFaults = (changed: Partial<ReportRow> = {}) =>
  faultsOf(findReportFaults({ ...report, ...changed }, reportsCounted));
const steps = (change: (step: ReportRow['steps'][number]) => object) => ({
  steps: report.steps.map((step) => ({ ...step, ...change(step) })),
});

describe('a report that was raised and released with keys', () => {
  it('holds as it stands', async () => {
    expect(await reportFaults()).toEqual([]);
  });

  it.each([
    [
      'no statement',
      () => steps(() => ({ statement: null })),
      ['statement-missing', 'statement-missing'],
    ],
    [
      'a press of another statement',
      () => steps(() => ({ assertion: report.steps[0]?.assertion })),
      ['signature-invalid'],
    ],
    [
      'a press made up',
      () => steps(({ credentialId }) => ({ assertion: { id: credentialId } })),
      ['signature-invalid', 'signature-invalid'],
    ],
    [
      'another person’s name',
      () => steps(({ seq }) => (seq === 2 ? { actor: report.steps[0]?.actor } : {})),
      ['key-unknown'],
    ],
    [
      'another digest',
      () => steps(({ facts }) => ({ facts: { ...(facts as object), digest: 'a'.repeat(64) } })),
      ['says-another', 'says-another', 'copy-differs'],
    ],
    ['a release without a raise', () => ({ steps: report.steps.slice(1) }), ['out-of-turn']],
    [
      'a release of what was sent back',
      () => {
        const [raised, released] = report.steps;
        if (!raised || !released) throw new Error('It was raised and released.');
        return { steps: [raised, { ...raised, step: 'declined' }, released] };
      },
      ['out-of-turn'],
    ],
    ['no kept copy', () => ({ submission: null }), ['copy-missing']],
    [
      'another kept copy',
      () => ({ submission: report.submission && { ...report.submission, ...otherCopy } }),
      ['copy-differs'],
    ],
    [
      'a kept copy that is not what its commitment says',
      () => ({
        submission: report.submission && { ...report.submission, sealed: otherCopy.sealed },
      }),
      ['words-differ'],
    ],
  ])('is named with %s', async (_, change, faults) => {
    expect(await reportFaults(change())).toEqual(faults);
  });
});

describe('a pack that members signed with keys', () => {
  const pack = () =>
    board.owner.boardPack.findUniqueOrThrow({ where: { id: packId }, include: withSignatures });

  it('holds as it stands', async () => {
    expect(await faultsOf(findPackFaults(await pack(), boardCounted))).toEqual([]);
  });

  it('is named with another text, other signatures, other conditions, or an approval without one', async () => {
    const row = await pack();
    const faults = (changed: object) =>
      faultsOf(findPackFaults({ ...row, ...changed }, boardCounted));
    expect(await faults({ text: '{}' })).toEqual(['copy-differs']);
    expect(await faults({ number: 'BP-2026-999999' })).toEqual([
      'says-another',
      'says-another',
      'approval-unproved',
    ]);
    const each = (change: object) => ({
      signatures: row.signatures.map((one) => ({ ...one, ...change })),
    });
    expect(await faults(each({ decision: 'approved' }))).toContain('says-another');
    expect(await faults(each({ sealed: new Uint8Array(90) }))).toEqual([
      'words-differ',
      'words-differ',
      'approval-unproved',
    ]);
    expect(await faults(each({ assertion: {} }))).toContain('signature-invalid');
    expect(await faults({ signatures: [] })).toEqual(['approval-unproved']);
    expect(await faults({ approval: null })).toEqual(['approval-missing']);
    expect(await faults({ madeBy: row.signatures[0]?.person })).toEqual(['approval-unproved']);
  });

  it('and evidence of a duty, with its title, version and members', async () => {
    const row = await board.owner.boardEvidence.findFirstOrThrow();
    const faults = (changed: object = {}) =>
      faultsOf(findEvidenceFaults({ ...row, ...changed }, boardCounted));
    expect(await faults()).toEqual([]);
    for (const changed of [{ title: 'Other' }, { version: '9' }, { members: [row.signedBy] }])
      expect(await faults(changed)).toEqual(['says-another']);
  });
});

it('every press is looked at with what the web server may read, and holds by the roster of its moment alone', async () => {
  const read = await findUnproved(incidents.web);
  expect(read).toMatchObject({ reports: 1, packs: 0, evidence: 0 });
  expect(read.faults.map(({ fault }) => fault)).toEqual(['roster-missing', 'roster-missing']);
  const signed = await findUnproved(board.context.db);
  expect(signed).toMatchObject({ reports: 0, packs: 1, evidence: 1 });
  expect(signed.faults.map(({ fault }) => fault)).toEqual([
    'roster-missing',
    'roster-missing',
    'approval-unproved',
    'roster-missing',
  ]);
  for (const { owner } of [incidents, board]) await adoptRosterOfAll(owner);
  expect(await findUnproved(incidents.web)).toMatchObject({ reports: 1, faults: [] });
  expect(await findUnproved(board.context.db)).toMatchObject({ packs: 1, faults: [] });
});
