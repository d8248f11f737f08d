/** The questions of a worksheet in the sections in which a screen asks them. Pure. */
import type { FactEntry } from '#lib/incidents/desk/event.ts';
import { factField, factFields, factNames, type FactField } from '#lib/incidents/fact-fields.ts';
import { memberStates } from '#lib/incidents/member-states.ts';
import { threatFields, threatNames } from '#lib/incidents/threat-fields.ts';
import {
  reportFacts,
  timeFacts,
  type ReportFact,
  type TimeFact,
} from '#lib/incidents/worksheet/known-facts.ts';
import type { Suggestion } from '#lib/incidents/worksheet/suggest.ts';
import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';

export type Choice = { value: string; label: string };

export type Question = {
  name: string;
  label: string;
  /** Article or field that asks it; null where its section says it. */
  basis: string | null;
  help: string | null;
  /** How it is answered: `text` exactly as typed, `checks` by several of `choices`, `select` by one. */
  kind: 'yes-no' | 'text' | 'time' | 'checks' | 'select';
  choices: readonly Choice[];
  /** Words for an answer of none of the choices; null where that is no answer. */
  none: string | null;
  unit: string | null;
  hint: string | null;
  /** Whether only figures are typed. */
  isFigure: boolean;
  /** What stands now. */
  standing: FactEntry;
  suggestion: Suggestion | null;
};

const unanswered: FactEntry = { value: null, estimated: false, evidence: null };

type About = Pick<WorksheetView, 'facts' | 'suggestions'>;

const standingOf = ({ facts, suggestions }: About, name: string) => {
  const fact = facts[name];
  return {
    standing: fact
      ? { value: fact.value, estimated: fact.estimated, evidence: fact.evidence }
      : unanswered,
    suggestion: suggestions.find((one) => one.name === name) ?? null,
  };
};

/** Questions that decide a criterion of an incident, or a condition of a threat. */
export function criterionQuestions(about: About, criterion: string): Question[] {
  const isOfThreat = (group: string): boolean =>
    group === criterion ||
    (criterion === 'criteria_it_could_meet' && (group === 'criteria' || group === 'others'));
  const names = [
    ...factNames.filter((name) => factFields[name].group === criterion),
    ...threatNames.filter((name) => isOfThreat(threatFields[name].group)),
  ];
  return names.flatMap((name) => {
    const field = factField(name);
    return field === null ? [] : [questionOf(about, name, field)];
  });
}

function questionOf(about: About, name: string, field: FactField): Question {
  return {
    name,
    label: field.label,
    basis: `Art ${field.article}`,
    help: field.help,
    ...shapeOf(field),
    ...standingOf(about, name),
  };
}

type Shape = Pick<Question, 'kind' | 'choices' | 'none' | 'unit' | 'hint' | 'isFigure'>;
const plain: Omit<Shape, 'kind'> = {
  choices: [],
  none: null,
  unit: null,
  hint: null,
  isFigure: false,
};

function shapeOf({ kind, choices }: FactField): Shape {
  switch (kind) {
    case 'yes-no':
      return { ...plain, kind: 'yes-no' };
    case 'count':
      return { ...plain, kind: 'text', isFigure: true, hint: 'A whole number.' };
    case 'average':
      return { ...plain, kind: 'text', isFigure: true, hint: 'Decimals stand behind a point.' };
    case 'money-eur':
      return {
        ...plain,
        kind: 'text',
        isFigure: true,
        unit: 'EUR',
        hint: 'Exact, such as 100000.01.',
      };
    case 'duration':
      return {
        ...plain,
        kind: 'text',
        hint: 'Days, hours and minutes as DD:HH:MM, such as 01:04:30.',
      };
    case 'states':
      return {
        ...plain,
        kind: 'checks',
        choices: listOf(memberStates),
        none: 'None of them',
      };
    case 'choice':
      return { ...plain, kind: 'checks', choices: listOf(choices ?? {}), none: 'None of them' };
  }
}

const listOf = (words: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** When things happened, in the order in which they do. */
export const timeQuestions = (about: About): Question[] =>
  (Object.keys(timeFacts) as TimeFact[]).map((name) => ({
    name,
    label: timeFacts[name],
    basis: null,
    help: null,
    ...plain,
    kind: 'time',
    hint: 'UTC',
    ...standingOf(about, name),
  }));

/** What reports ask for and only people know. */
export const reportQuestions = (about: About): Question[] =>
  (Object.keys(reportFacts) as ReportFact[]).map((name) => {
    const { label, field, values, many } = reportFacts[name];
    return {
      name,
      label,
      basis: `ITS 2025/302, field ${field}`,
      help: null,
      ...plain,
      kind: many ? 'checks' : 'select',
      choices: values.map(({ value, words }) => ({ value, label: words })),
      ...standingOf(about, name),
    };
  });
