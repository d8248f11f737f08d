/** Whether a person may take a signed step with a report now; asked before the key is pressed, and again after. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { findNoRoom } from '../desk/room.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { initialDueFor } from './alone-limit.ts';
import { documentOf, blockingRules, type ReportDocument } from './document-of.ts';
import { findStepsFull, mayGoAlone, mayStep } from './life.ts';
import { lockReport, reportMoved, reportUnknown, type ReportFile } from './load-report.ts';
import { loadReference } from './load-knowledge.ts';
import { reportContext } from './report-context.ts';
import type { SignedStep } from './report-statement.ts';
import { findStandingFault } from './stage-fault.ts';

/** Broken rules that a statement names. */
const rulesMax = 50;

export type Wanted = {
  id: string;
  /** Number of the last step that the person saw. */
  seen: number;
  step: SignedStep;
  by: string;
  /** Why it is to be raised although it breaks rules. */
  overrideReason: string | null;
};
export type Ready = {
  report: ReportFile;
  made: ReportDocument;
  /** Rules that are broken and answered for; null where there are none. */
  override: { rules: string[]; reason: string } | null;
  channel: string;
  alone: boolean;
};

export async function readyForStep(tx: Tx, wanted: Wanted, now: Date): Promise<Result<Ready>> {
  const report = await lockReport(tx, wanted.id);
  if (!report) return reportUnknown();
  if (report.steps.length !== wanted.seen) return reportMoved();
  if (!mayStep(report.state, wanted.step) || report.values === null)
    return refuse(
      'not-now',
      'This can’t be done with the report at this stage. Load the page again.',
    );
  const full = findStepsFull(report.steps.length, wanted.step);
  if (full) return refuse('too-many', full);
  // Nobody decides on the incident between this look and the step.
  const file = await lockIncident(tx, report.incidentId);
  if (!file) throw new Error('A report without its incident.');
  const crowded = findNoRoom(file, 'report-moved');
  if (crowded) return crowded;
  // A review looks back on what went out, whatever was decided since.
  const fault = wanted.step === 'reviewed' ? null : findStandingFault(report.stage, file);
  if (fault) return refuse('not-notified', `${fault} This report does not go out.`);
  const profile = await loadProfile(tx);
  const hasAuthorityCode = (await loadReference(tx, file.id)) !== undefined;
  const made = documentOf(report.values, reportContext(file, profile, { now, hasAuthorityCode }));
  const rules = blockingRules(made.findings);
  if (wanted.step === 'raised') return readyToRaise(report, made, rules, wanted.overrideReason);
  const raised = report.steps.findLast(({ step }) => step === 'raised');
  if (!raised || raised.facts['digest'] !== made.digest) return reportMoved();
  const override = (raised.facts['overrides'] ?? null) as Ready['override'];
  const channel = String(raised.facts['channel']);
  const isSame = raised.actor === wanted.by;
  const unanswered = rules.slice(0, rulesMax).filter((rule) => !override?.rules.includes(rule));
  if (wanted.step === 'released' && unanswered.length > 0)
    return refuse(
      'breaks-rules',
      `By what came to light since it was raised, it breaks ${unanswered.length === 1 ? 'a rule' : `${unanswered.length} rules`} that nobody answers for: ${unanswered.slice(0, 5).join(', ')}. Decline it, so that it is completed.`,
    );
  if (wanted.step === 'reviewed') {
    const alone = report.steps.some(
      ({ step, facts }) => step === 'released' && facts['alone'] === true,
    );
    if (!alone)
      return refuse(
        'not-now',
        'Two people stand behind this report, so there is nothing to review.',
      );
    if (report.steps.some(({ step }) => step === 'reviewed'))
      return refuse('not-now', 'It was reviewed already.');
    return isSame
      ? refuse('same-person', 'You released it alone, so another person reviews it.')
      : ok({ report, made, override, channel, alone: true });
  }
  if (!isSame) return ok({ report, made, override, channel, alone: false });
  const dueAt = initialDueFor(wanted.by, file, profile, now);
  return mayGoAlone(report.stage, { dueAt, now, isOverride: override !== null })
    ? ok({ report, made, override, channel, alone: true })
    : refuse(
        'same-person',
        'You raised it, so another person releases it. One person alone may do so only with an initial notification in the last hour before its limit, and not by times that they entered themselves.',
      );
}

function readyToRaise(
  report: ReportFile,
  made: ReportDocument,
  rules: string[],
  reason: string | null,
): Result<Ready> {
  if (rules.length > 0 && reason === null)
    return refuse(
      'breaks-rules',
      `It breaks ${rules.length === 1 ? 'a rule' : `${rules.length} rules`}: ${rules.slice(0, 5).join(', ')}. Complete it, or say why it is sent nevertheless.`,
    );
  const override =
    rules.length > 0 && reason !== null ? { rules: rules.slice(0, rulesMax), reason } : null;
  return ok({ report, made, override, channel: 'portal', alone: false });
}
