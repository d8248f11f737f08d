/** What an impact assessment lacks, and why it is open again. Pure. */
import { answerDueOn } from '#lib/resilience/kinds/dpia-words.ts';
import { leavesHighRisk, type DpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import { Findings, inWords, type Found } from './found.ts';
import type { ChangedAt, Kept, Registers } from './registers.ts';

type Dpia = Kept<DpiaFacts>;

/** @param today yyyy-mm-dd. */
export function dpiaFindings(one: Dpia, all: Registers, today: string): Found[] {
  const { facts, texts } = one;
  if (facts.state === 'ended') return [];
  const found = new Findings(one);
  const changed = changedSince(one, all);
  if (changed.length > 0)
    found.add(
      'dpia-reopened',
      'assessedOn',
      `${inWords(changed)} changed after the assessment. Put it back to draft, assess it anew and have it approved.`,
    );
  if (facts.risks.length === 0)
    found.add('dpia-no-risks', 'risks', 'Describe the risks to the rights and freedoms of people.');
  if (!texts.has('necessity'))
    found.add(
      'dpia-no-necessity',
      'necessity',
      'Write why the processing is necessary and proportionate.',
    );
  if (!texts.has('measures'))
    found.add('dpia-no-measures', 'measures', 'Write the measures that address the risks.');
  if (!texts.has('advice'))
    found.add('dpia-no-advice', 'advice', 'Have the data protection officer write the advice.');
  if (leavesHighRisk(facts) && facts.consultedOn === null)
    found.add(
      'dpia-not-consulted',
      'consultedOn',
      'Lower the risk, or ask the authority before the processing begins.',
    );
  const answerBy = answerDueOn({
    askedOn: facts.consultedOn,
    isExtended: facts.consultationExtended,
  });
  if (answerBy !== null && facts.answeredOn === null && answerBy < today)
    found.add(
      'dpia-no-answer',
      'answeredOn',
      `The authority should have answered by ${answerBy}. Ask where it stands, or record the answer.`,
    );
  if (facts.reviewOn < today)
    found.add('dpia-overdue', 'reviewOn', `It should have been reviewed by ${facts.reviewOn}.`);
  return found.all;
}

/**
 * Names of the activities that it covers and that changed later: on a later day than it was assessed as of, or after
 * that day was written down.
 */
function changedSince({ id, facts }: Dpia, all: Registers): string[] {
  const writtenAt = all.dpiaAssessedAt.get(id) ?? null;
  return all.activity
    .filter(({ id: activity }) => facts.activities.includes(activity))
    .filter(({ id: activity }) =>
      isLater(all.activityChangedAt, activity, facts.assessedOn, writtenAt),
    )
    .map(({ name }) => name);
}

function isLater(
  changedAt: ChangedAt,
  activity: string,
  assessedOn: string,
  writtenAt: string | null,
): boolean {
  const changed = changedAt.get(activity);
  if (changed === undefined) return false;
  return changed.slice(0, 10) > assessedOn || (writtenAt !== null && changed > writtenAt);
}
