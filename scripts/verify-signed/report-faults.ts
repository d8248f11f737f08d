/** Whether reports to the authority were raised, released and reviewed by whom they say. */
import { isDeepStrictEqual } from 'node:util';
import {
  reportStatement,
  type ReportStatement,
  type SignedStep,
} from '#lib/incidents/reports/report-statement.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Counting } from '#lib/reconciliation/proof/find-signer.ts';
import { readPress } from './find-press-fault.ts';
import { openKept, sha256, type Fault, type KeptFault } from './kept.ts';

export const withSteps = {
  incident: { select: { number: true } },
  steps: { orderBy: { seq: 'asc' } },
  submission: true,
} satisfies Prisma.IncidentReportInclude;
export type ReportRow = Prisma.IncidentReportGetPayload<{ include: typeof withSteps }>;
type StepRow = ReportRow['steps'][number];
type Signed = StepRow & { said: ReportStatement };

const scopeOf = {
  raised: 'report:raise',
  released: 'report:approve',
  reviewed: 'report:approve',
} as const;
const isSigned = (step: string): step is SignedStep => Object.hasOwn(scopeOf, step);

export type CountingAt = (at: number, person: string) => Promise<Counting>;

/** @returns every fault of one report, in the order of its steps. */
export async function findReportFaults(
  report: ReportRow,
  countingAt: CountingAt,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const add = (what: string, fault: KeptFault) =>
    faults.push({
      subject: report.incident.number,
      what: `${report.stage} report, ${what}`,
      fault,
    });
  let raised: Signed | null = null;
  let released: Signed | null = null;
  for (const row of report.steps) {
    const { step, actor: person, at } = row;
    // What was sent back is raised anew before anybody releases it.
    if (step === 'declined' || step === 'withdrawn') raised = null;
    if (!isSigned(step)) continue;
    const what = `${step} by ${person}`;
    const counting = await countingAt(at.getTime(), person);
    const read = readPress(
      { ...row, person, writtenAt: at.getTime() },
      { schema: reportStatement, scope: scopeOf[step], counting },
    );
    if ('fault' in read) add(what, read.fault);
    else if (!isAbout(read.said, row, report)) add(what, 'says-another');
    else {
      const signed = { ...row, said: read.said };
      const fault = findTurnFault(signed, report, { raised, released });
      if (fault) add(what, fault);
      if (step === 'raised') raised = signed;
      if (step === 'released') released = signed;
    }
    if (step === 'released') {
      const fault = await findCopyFault(report, row);
      if (fault) add('kept copy', fault);
    }
  }
  return faults;
}

/** The statement says what the row and its report say. */
function isAbout(said: ReportStatement, { facts, seq, step, actor }: StepRow, of: ReportRow) {
  const { digest, version, channel, alone, overrides } = facts as Record<string, unknown>;
  return (
    said.report === of.id &&
    said.incident === of.incident.number &&
    said.stage === of.stage &&
    said.step === step &&
    said.person === actor &&
    said.revision === seq - 1 &&
    said.digest === digest &&
    said.version === version &&
    said.channel === channel &&
    said.alone === alone &&
    isDeepStrictEqual(said.override, overrides)
  );
}

type Before = { raised: Signed | null; released: Signed | null };

/** Two people and two keys, but for an initial notification released alone; another reviews that. */
function findTurnFault(
  { said, actor, credentialId }: Signed,
  { stage }: ReportRow,
  { raised, released }: Before,
): KeptFault | null {
  if (said.step === 'raised') return null;
  if (raised === null) return 'out-of-turn';
  if (said.digest !== raised.said.digest) return 'says-another';
  const isOne = ({ actor: by, credentialId: key }: Signed) => by === actor || key === credentialId;
  if (said.step === 'reviewed') {
    if (released === null) return 'out-of-turn';
    return isOne(raised) || isOne(released) ? 'one-person' : null;
  }
  const mayAlone = said.alone && stage === 'initial' && raised.said.override === null;
  return isOne(raised) && !mayAlone ? 'one-person' : null;
}

async function findCopyFault(
  { submission }: ReportRow,
  { seq, facts }: StepRow,
): Promise<KeptFault | null> {
  if (submission?.seq !== seq) return 'copy-missing';
  const { digest } = submission;
  if (digest !== (facts as Record<string, unknown>)['digest']) return 'copy-differs';
  const kept = await openKept('incident_submission', submission);
  if (kept === 'broken') return 'words-differ';
  return kept.text !== null && sha256(kept.text) !== digest ? 'copy-differs' : null;
}
