/** Data protection impact assessments (GDPR Art 35) and prior consultation (Art 36). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { monthsAfter } from '../days.ts';
import type { About, Becoming, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { agreementFaults, type Agreement } from './agreement.ts';
import { answerDueOn, dpiaReviewMonths, dpiaStates } from './dpia-words.ts';
import {
  asked,
  count,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  maybePerson,
  oneOf,
  paragraph,
  person,
  record,
  yesNo,
} from './fields.ts';
import { gradeOfScore, type RiskGrade } from './risk-words.ts';

const step = (what: string) => count(what, 1, 5);

export const dpiaFacts = z.strictObject({
  name: line('the name of the assessment', 200),
  state: oneOf(keysOf(dpiaStates), 'where it stands'),
  owner: person('who answers for it'),
  /** The activities that it covers. */
  activities: list(record('the activity'), 'activities', 50),
  risks: list(
    z.strictObject({
      risk: line('the risk to people', 300),
      likelihood: step('the likelihood'),
      impact: step('the impact'),
      /** What is done about it; null where nothing is. */
      measure: maybeLine('the measure', 500),
      residualLikelihood: step('the likelihood that is left'),
      residualImpact: step('the impact that is left'),
    }),
    'risks',
    50,
  ),
  /** The day as of which it was assessed. */
  assessedOn: day('the day of the assessment'),
  advisedBy: maybePerson('who advised as data protection officer'),
  advisedOn: maybeDay('the day of the advice'),
  consultedOn: maybeDay('the day on which the authority was asked'),
  consultationExtended: yesNo('whether the authority took six weeks more').default(false),
  answeredOn: maybeDay('the day of the answer of the authority'),
  approvedBy: maybePerson('who approved it'),
  approvedOn: maybeDay('the day of the approval'),
  reviewOn: day('the day of the next review'),
});
export type DpiaFacts = z.infer<typeof dpiaFacts>;

/** The highest score that is left, 1 to 25; null where no risk is described. */
export const residualScore = ({ risks }: Pick<DpiaFacts, 'risks'>): number | null =>
  risks.length === 0
    ? null
    : Math.max(...risks.map((one) => one.residualLikelihood * one.residualImpact));

export const residualGrade = (facts: Pick<DpiaFacts, 'risks'>): RiskGrade | null => {
  const score = residualScore(facts);
  return score === null ? null : gradeOfScore(score);
};

/** A high risk that is left is put to the authority first (Art 36(1)). */
export const leavesHighRisk = (facts: Pick<DpiaFacts, 'risks'>): boolean => {
  const grade = residualGrade(facts);
  return grade === 'high' || grade === 'critical';
};

function faultsOf(facts: DpiaFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  for (const [index, one] of facts.risks.entries())
    if (one.residualLikelihood > one.likelihood || one.residualImpact > one.impact)
      no(`risks.${index}.residualLikelihood`, 'What is done about a risk does not make it larger.');
  for (const field of [
    'assessedOn',
    'advisedOn',
    'consultedOn',
    'answeredOn',
    'approvedOn',
  ] as const) {
    const on = facts[field];
    if (on !== null && on > today) no(field, 'This day lies ahead.');
  }
  const hasAdvice = (texts['advice'] ?? '') !== '';
  if ((facts.advisedBy === null) !== (facts.advisedOn === null))
    no('advisedOn', 'Give who advised and when, or neither.');
  if ((facts.advisedBy !== null) !== hasAdvice)
    no('advice', 'Write the advice with who gave it and when, or none of them (Art 35(2)).');
  if (facts.advisedBy !== null && facts.advisedBy === facts.owner)
    no(
      'advisedBy',
      'Another than the owner advises: the officer has no conflicting task (Art 38(6)).',
    );
  return [...faults, ...faultsOfConsultation(facts, texts), ...faultsOfApproval(facts, texts)];
}

function faultsOfConsultation(facts: DpiaFacts, texts: About['texts']): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  if (facts.consultedOn === null && (facts.answeredOn !== null || facts.consultationExtended))
    no('consultedOn', 'Give the day on which the authority was asked (Art 36(1)).');
  if (
    facts.consultedOn !== null &&
    facts.answeredOn !== null &&
    facts.answeredOn < facts.consultedOn
  )
    no('answeredOn', 'It was answered before it was asked.');
  if (facts.answeredOn !== null && (texts['answer'] ?? '') === '')
    no('answer', 'Write what the authority answered (Art 36(2)).');
  return faults;
}

function faultsOfApproval(facts: DpiaFacts, texts: About['texts']): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const isApproved = facts.state === 'approved';
  const isNamed = facts.approvedOn !== null && facts.approvedBy !== null;
  if (facts.state !== 'ended' && isApproved !== isNamed)
    no('approvedBy', 'An approved assessment names who approved it and when, a draft nobody.');
  if (!isApproved) return faults;
  if (facts.activities.length === 0) no('activities', 'Name the activities that it covers.');
  if (facts.risks.length === 0)
    no('risks', 'Describe the risks to the rights and freedoms of people (Art 35(7)(c)).');
  for (const [field, reason] of [
    ['necessity', 'Write why it is necessary and proportionate (Art 35(7)(b)).'],
    ['measures', 'Write the measures that address the risks (Art 35(7)(d)).'],
    ['advice', 'The data protection officer is asked for advice first (Art 35(2)).'],
  ] as const)
    if ((texts[field] ?? '') === '') no(field, reason);
  if (facts.approvedBy !== null && facts.approvedBy === facts.advisedBy)
    no('approvedBy', 'Whoever advised as data protection officer does not decide (Art 38(6)).');
  if (leavesHighRisk(facts) && facts.answeredOn === null)
    no('consultedOn', 'A high risk is left: the authority is asked before it begins (Art 36(1)).');
  const latest = facts.approvedOn === null ? null : monthsAfter(facts.approvedOn, dpiaReviewMonths);
  if (latest !== null && facts.reviewOn > latest)
    no(
      'reviewOn',
      `It is reviewed within ${dpiaReviewMonths} months of its approval: by ${latest}.`,
    );
  return faults;
}

/**
 * What another person approved stays as it is until it is put back to draft. The advice is no content of its own: the
 * officer who adds it last does not make whoever wrote all the rest free to approve it.
 */
const agreement: Agreement<DpiaFacts> = {
  facts: ['state', 'approvedBy', 'approvedOn', 'reviewOn', 'advisedBy', 'advisedOn'],
  texts: ['advice'],
  of: ({ state, approvedBy }) =>
    state === 'approved' && approvedBy !== null
      ? {
          field: 'approvedBy',
          who: approvedBy,
          does: 'approves',
          done: 'approved',
          undo: 'Put it back to draft',
        }
      : null,
};

/** Nobody gives the advice of the officer in their name, nor rewrites it. */
function adviceFaults({ before, after, by, texts }: Becoming<DpiaFacts>): Fault[] {
  const changed =
    (before?.advisedBy ?? null) !== after.advisedBy ||
    (before?.advisedOn ?? null) !== after.advisedOn ||
    (texts.before['advice'] ?? '') !== (texts.after['advice'] ?? '');
  return changed && after.advisedBy !== null && after.advisedBy !== by
    ? [{ field: 'advisedBy', reason: 'Whoever advises saves that themselves.' }]
    : [];
}

/** Until an authority that was asked has answered, its day is the next. */
function standingOf(facts: DpiaFacts): Standing {
  const { state, consultedOn, consultationExtended, answeredOn, reviewOn } = facts;
  const answerBy =
    answeredOn === null
      ? answerDueOn({ askedOn: consultedOn, isExtended: consultationExtended })
      : null;
  const next = answerBy !== null && answerBy < reviewOn ? answerBy : reviewOn;
  return { state, grade: residualGrade(facts), dueOn: state === 'ended' ? null : next };
}

export const dpiaRules: KindRules<DpiaFacts> = {
  facts: dpiaFacts,
  texts: {
    description: asked(paragraph('what is processed, how and for which purposes (Art 35(7)(a))')),
    necessity: paragraph('why it is necessary and proportionate'),
    measures: paragraph('the measures that address the risks'),
    views: paragraph('what the people concerned said (Art 35(9))'),
    advice: paragraph('the advice of the data protection officer'),
    answer: paragraph('what the authority answered'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ activities }) =>
    activities.map((to, index) => ({ path: `activities.${index}`, to, kind: 'activity' }) as const),
  peopleOf: ({ owner, advisedBy, approvedBy }) => [
    { path: 'owner', person: owner },
    ...(advisedBy === null ? [] : [{ path: 'advisedBy', person: advisedBy }]),
    ...(approvedBy === null ? [] : [{ path: 'approvedBy', person: approvedBy }]),
  ],
  standingOf,
  faultsOf,
  becomesOf: (becoming) => [...adviceFaults(becoming), ...agreementFaults(agreement, becoming)],
  agreement,
};
