/**
 * The rules that a report on a major incident has to keep before it is sent (ITS 2025/302 Annex II).
 * The ESAs' JSON schema lets most omissions pass, so all of them are here: duties by stage, forms of
 * values, and what fields have to say together. Pure.
 */
import { CONDITIONS, isFilled, type ReportContext } from './report/conditions.ts';
import type { ReportField, Stage } from './report/field-types.ts';
import { askedAt, placeOf, RECLASSIFIED, stageOf } from './report/fields.ts';
import { annexArticle, type Finding } from './report/finding.ts';
import { readDocument, type Reading } from './report/read-document.ts';
import type { Facts, Rule } from './report/rule.ts';
import { CAUSE_RULES } from './report/rules-causes.ts';
import { CRITERIA_RULES } from './report/rules-criteria.ts';
import { IMPACT_RULES } from './report/rules-impact.ts';
import { PARTY_RULES } from './report/rules-parties.ts';
import { TIME_RULES } from './report/rules-times.ts';

export type { Finding, ReportContext };

/** Rules between fields, in the order of the fields that they blame. */
export const CROSS_FIELD_RULES: readonly Rule[] = [
  ...PARTY_RULES,
  ...TIME_RULES,
  ...CRITERIA_RULES,
  ...IMPACT_RULES,
  ...CAUSE_RULES,
];

/** More than this nobody reads at once; the last finding says that there are more. */
const MOST_FINDINGS = 500;

/**
 * Checks a document in the shape of the ESAs' JSON (IR 1.2.1), whatever it is: it never throws, and
 * looks at a bounded part of the input.
 * @param document as parsed from JSON; its stage is what `incidentSubmission` says
 * @param context what the console knows and the document doesn't say; nothing is assumed without it
 * @returns findings in the order of the fields, what has no number last; none for a report that may
 *   be sent. The same document always gives the same findings.
 */
export function checkReport(document: unknown, context: ReportContext = {}): Finding[] {
  let reading: Reading;
  try {
    reading = readDocument(document);
  } catch {
    // Only an object that runs code while it is read gets here; JSON has none.
    return [unreadable];
  }
  const findings = [
    ...reading.findings,
    ...entityFindings(reading),
    ...dutyFindings(reading, {
      ...context,
      // A document that names several entities says itself what it is.
      ...(reading.entities.length > 1 ? { aggregated: true } : {}),
    }),
    ...crossFindings(reading, context),
  ];
  const ordered = findings
    .map((finding, found) => ({ finding, found, place: placeOf(finding.field) ?? Infinity }))
    .sort((one, other) =>
      one.place === other.place ? one.found - other.found : one.place - other.place,
    )
    .map(({ finding }) => finding);
  return ordered.length > MOST_FINDINGS ? [...ordered.slice(0, MOST_FINDINGS), more] : ordered;
}

/** True where nothing stands in the way of submitting: warnings don't. */
export const maySubmit = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity }) => severity === 'warning');

const unreadable: Finding = {
  field: '',
  rule: 'unreadable',
  severity: 'blocking',
  sentence: 'The document can’t be read.',
  article: 'ESAs’ schema IR 1.2.1',
};

const more: Finding = {
  field: '',
  rule: 'more-findings',
  severity: 'blocking',
  sentence: 'There are more findings. Mend these first.',
  article: 'ESAs’ schema IR 1.2.1',
};

/** An unknown type of submission is a finding of its own; what every stage asks for is asked then. */
const stageOfReading = ({ values }: Reading): Stage => stageOf(values['1.1']) ?? 'initial';

/** Rule 1: as many names as LEIs, each pair for one entity. */
function entityFindings({ entities, malformed }: Reading): Finding[] {
  const isNamed = entities.some(({ hasName, hasLei }) => hasName || hasLei);
  if (!isNamed || malformed.has('1.5') || malformed.has('1.6')) return [];
  // One entity of which the other half is missing altogether is the duty's finding.
  const isOneSided =
    !entities.some(({ hasName }) => hasName) || !entities.some(({ hasLei }) => hasLei);
  if (isOneSided || entities.every(({ hasName, hasLei }) => hasName && hasLei)) return [];
  return [
    {
      field: entities.every(({ hasName }) => hasName) ? '1.6' : '1.5',
      rule: 'names-and-leis',
      severity: 'blocking',
      sentence: 'Each affected entity has a name and an LEI, in the same order.',
      article: annexArticle('1.5', '1.6'),
    },
  ];
}

function dutyFindings(reading: Reading, context: ReportContext): Finding[] {
  const { values, malformed } = reading;
  const stage = stageOfReading(reading);
  const missing = askedAt(stage).filter(({ no }) => !isFilled(values, no) && !malformed.has(no));
  const findings: Finding[] = [];
  for (const field of missing) {
    if (field.duty[stage] === 'M') findings.push(missingFinding(field, stage));
    else if (field.condition && CONDITIONS[field.condition].holds(values, context) === true)
      findings.push({
        field: field.no,
        rule: `missing-${field.condition}`,
        severity: 'blocking',
        sentence: `“${field.label}” is due, because ${CONDITIONS[field.condition].sentence}.`,
        article: annexArticle(field.no),
      });
  }
  return findings;
}

const stageWords: Readonly<Record<Stage, string>> = {
  initial: 'an initial notification',
  intermediate: 'an intermediate report',
  final: 'a final report',
};

const missingFinding = ({ no, label }: ReportField, stage: Stage): Finding => ({
  field: no,
  rule: 'missing',
  severity: 'blocking',
  sentence: `“${label}” is due in ${stageWords[stage]}.`,
  article: annexArticle(no),
});

function crossFindings(reading: Reading, context: ReportContext): Finding[] {
  const { values, malformed } = reading;
  const facts: Facts = {
    values,
    context,
    stage: stageOfReading(reading),
    isReclassified: values['1.1'] === RECLASSIFIED,
  };
  return CROSS_FIELD_RULES.flatMap(({ id, field, with: others = [], severity, article, check }) => {
    if ([field, ...others].some((no) => malformed.has(no))) return [];
    const sentence = check(facts);
    return sentence === null ? [] : [{ field, rule: id, severity, sentence, article }];
  });
}
