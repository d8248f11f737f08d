/** The register of breaches as the authority may ask for it (GDPR Art 33(5)): facts, effects and remedies. Pure. */
import { categories } from '#lib/persons/field-map.ts';
import { csvOf } from '#lib/platform/csv.ts';
import { breachClock } from './clock.ts';
import type { BreachStanding } from './fold.ts';
import {
  breachKinds,
  breachStates,
  causes,
  exceptions,
  personGroups,
  risks,
  sources,
} from './life.ts';
import { rangeWords } from './notification-text.ts';

export type RegisterTexts = Readonly<
  Record<'what' | 'effects' | 'remedies' | 'why', string | null>
>;
export type RegisterEntry = {
  number: string;
  standing: BreachStanding;
  texts: RegisterTexts;
  incidents: readonly string[];
  /** ISO instant at which its texts went by the rule of retention; null while they are kept. */
  erasedAt: string | null;
};
export type BreachRegister = {
  organisation: string;
  environment: string;
  /** ISO instant. */
  asOf: string;
  entries: readonly RegisterEntry[];
};

export const notOnRecord = 'Not on record';
/** What stands for a text where who takes the file may not open what people wrote. */
export const keptBack = 'On record; ask the data protection officer for the text';
const minute = (instant: string | null): string =>
  instant === null ? '' : `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** What is said of one, part by part; empty where nothing is on record. */
export function partsOfBreach({
  standing,
  texts,
  incidents,
  erasedAt,
}: RegisterEntry): { name: string; words: string }[] {
  const { opening, description, risk } = standing;
  const gone = erasedAt === null ? '' : `Erased on ${erasedAt.slice(0, 10)}`;
  return [
    { name: 'Stage', words: breachStates[standing.state] },
    { name: 'Noticed', words: `${minute(standing.noticedAt)}. ${sources[opening.source]}` },
    {
      name: 'Processor',
      words:
        opening.processor === null
          ? ''
          : `${opening.processor.number}, told us ${minute(opening.processor.toldAt)}`,
    },
    { name: 'Aware', words: minute(standing.awareAt) },
    { name: 'Facts', words: texts.what ?? gone },
    { name: 'Kind', words: (description?.kinds ?? []).map((kind) => breachKinds[kind]).join('; ') },
    { name: 'Cause', words: description === null ? '' : causes[description.cause] },
    {
      name: 'Persons',
      words: (description?.groups ?? []).map((one) => personGroups[one]).join(', '),
    },
    { name: 'Number of persons', words: numberOf(description?.persons ?? null) },
    {
      name: 'Data',
      words: (description?.categories ?? []).map((one) => categories[one]).join(', '),
    },
    { name: 'Number of records', words: numberOf(description?.records ?? null) },
    { name: 'Effects', words: texts.effects ?? gone },
    { name: 'Risk', words: risk === null ? '' : risks[risk] },
    { name: 'Remedies', words: texts.remedies ?? gone },
    { name: 'Contained', words: minute(standing.containedAt) },
    { name: 'Authority', words: authorityWords(standing) },
    { name: 'Persons told', words: personsWords(standing) },
    { name: 'Reasons not to notify', words: texts.why ?? '' },
    { name: 'Incidents', words: incidents.join(', ') },
    { name: 'Closed', words: minute(standing.closedAt) },
    {
      name: 'Retention',
      words:
        gone === ''
          ? ''
          : `${gone}: texts, notifications and the list of persons. This line stays, and names nobody.`,
    },
  ];
}

const numberOf = (range: { least: number; most: number } | null): string =>
  range === null ? '' : rangeWords(range);

function authorityWords(standing: BreachStanding): string {
  const sent = standing.phases.flatMap((phase) =>
    phase.sent === null
      ? []
      : [`part ${phase.phase} on ${minute(phase.sent.sentAt)}, reference ${phase.sent.reference}`],
  );
  if (sent.length > 0) {
    const isLate = breachClock(standing, new Date(0)).state === 'late';
    return `Notified ${isLate ? 'after' : 'within'} 72 hours: ${sent.join('; ')}`;
  }
  if (standing.clearedAt !== null)
    return `Not notified, as no risk is likely: decided by two people, ${minute(standing.clearedAt)}`;
  return standing.awareAt === null ? '' : 'Not notified yet';
}

function personsWords({ decision, told }: BreachStanding): string {
  const sent = told.map(
    ({ sentAt, channel, count }) =>
      `${count === null ? 'in public' : `${count} by ${channel}`}, ${minute(sentAt)}`,
  );
  const exception = decision?.isAgreed === true ? decision.exception : null;
  const why =
    exception === null
      ? ''
      : `${exceptions[exception].name} (Art ${exceptions[exception].article})`;
  return [why, ...sent].filter((one) => one !== '').join('; ');
}

/** One line for each breach, one column for each part. */
export function registerCsv({ entries }: BreachRegister): string {
  const rows = entries.map((one) => [
    one.number,
    ...partsOfBreach(one).map(({ words }) => words || notOnRecord),
  ]);
  const names = entries[0] ? partsOfBreach(entries[0]).map(({ name }) => name) : [];
  return csvOf([['Number', ...names], ...rows]);
}
