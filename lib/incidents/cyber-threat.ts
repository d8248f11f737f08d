/**
 * Is a cyber threat significant? Delegated Regulation (EU) 2024/1772 Art 10: all three of its conditions, and for the
 * worksheet each with its lines. A threat has not happened, so that its facts are what could happen. Pure.
 */
import { criterion, type CriterionOf, type CriterionPart } from './criterion.ts';
import { answerText } from './criterion-words.ts';
import { asRecord, FactError, readYesNo, type FactFault } from './facts.ts';
import { allOf, anyOf, type Verdict } from './judge.ts';
import { threatFields, threatNames, type ThreatName } from './threat-fields.ts';

export { otherStates, type OtherStates, type StateFacts } from './other-states.ts';

/** What is known about a threat; what is missing or null is not known. */
export type ThreatFacts = { readonly [name in ThreatName]?: boolean | null | undefined };

export type ThreatCriterionId = 'reach' | 'probability' | 'criteria_it_could_meet';
export type ThreatCriterion = CriterionOf<ThreatCriterionId>;

export type ThreatAssessment = {
  significant: boolean;
  /** Not significant as far as is known, but a question that is open might make it so. */
  open: boolean;
  criteria: ThreatCriterion[];
};

/**
 * Assesses a threat.
 * @throws FactError for an answer that is neither yes nor no.
 */
export function assessThreat(facts: ThreatFacts): ThreatAssessment {
  const answers = readAnswers(facts);
  const criteria = [reach(answers), probability(answers), couldMeet(answers)];
  const verdict = allOf(criteria.map(({ met, open }) => (open ? null : met)));
  return { significant: verdict === true, open: verdict === null, criteria };
}

/** Says which answer is neither yes nor no, the first in the order of the worksheet; null when all are. */
export function findThreatFault(facts: unknown): FactFault | null {
  try {
    readAnswers(facts);
    return null;
  } catch (error) {
    if (error instanceof FactError) return { field: error.field, reason: error.reason };
    throw error;
  }
}

type Answers = Readonly<Record<ThreatName, Verdict>>;

function readAnswers(facts: unknown): Answers {
  const given = asRecord('facts', facts) ?? {};
  return Object.fromEntries(
    threatNames.map((name) => [name, readYesNo(name, given[name])]),
  ) as Answers;
}

function reach(answers: Answers): ThreatCriterion {
  return criterion({
    id: 'reach',
    article: '10(1)(a)',
    name: 'What it could affect',
    test: 'Met when any line is.',
    parts: partsOf(answers, 'reach'),
  });
}

/**
 * The act names what must be taken into account and leaves the conclusion to the entity. So the conclusion is an
 * answer of its own, and it counts once every element has been looked at, whatever was found.
 */
function probability(answers: Answers): ThreatCriterion {
  const parts = partsOf(answers, 'probability');
  const lookedAt = parts
    .filter(({ id }) => id !== 'probability_is_high')
    .map(({ met }): Verdict => (met === null ? null : true));
  return criterion(
    {
      id: 'probability',
      article: '10(1)(b)',
      name: 'High probability that it comes true',
      test: 'Met by the conclusion in the last line, once the lines above it are answered, be it with no.',
      parts,
    },
    allOf([answers.probability_is_high, ...lookedAt]),
  );
}

/** Thresholds of Art 9(2), (3), (5) and (6) may be considered, and count where the entity says that they are. */
function couldMeet(answers: Answers): ThreatCriterion {
  const others = partsOf(answers, 'others');
  const considered = answers.other_thresholds_considered;
  return criterion(
    {
      id: 'criteria_it_could_meet',
      article: '10(1)(c)',
      name: 'What it could meet if it came true',
      test: 'Met when any of Art 6, 9(1) and 9(4) is; the others count only where they are considered.',
      parts: [...partsOf(answers, 'criteria'), ...others],
    },
    anyOf([
      answers.could_affect_critical_services,
      answers.could_meet_clients_and_transactions,
      answers.could_meet_geographical_spread,
      // Not saying whether they are considered is not considering them.
      considered === true
        ? anyOf([
            answers.could_meet_reputational_impact,
            answers.could_meet_duration_downtime,
            answers.could_meet_data_losses,
            answers.could_meet_economic_impact,
          ])
        : false,
    ]),
  );
}

function partsOf(
  answers: Answers,
  group: (typeof threatFields)[ThreatName]['group'],
): CriterionPart[] {
  return threatNames
    .filter((name) => threatFields[name].group === group)
    .map((name) => {
      const { article, label } = threatFields[name];
      const met = answers[name];
      return { id: name, article, name: label, value: answerText(met), threshold: null, met };
    });
}
