/** The result of a worksheet in one sentence, with its article or with what is missing. Pure. */
import type { ThreatAssessment } from '#lib/incidents/cyber-threat.ts';
import type { Assessment } from '#lib/incidents/worksheet/assess.ts';
import type { Classification, CriterionId } from '#lib/incidents/classification.ts';

export type ResultWords = {
  /** Whether the facts make it major, or a threat significant. */
  isMet: boolean;
  /** Not met, but an answer that is missing might change that. */
  isOpen: boolean;
  sentence: string;
  /** What nobody has said yet and might decide, by name of the criterion. */
  missing: string[];
};

/** How many thresholds Art 8(1)(b) asks for. */
const thresholdsAsked = 2;
const notCounted: ReadonlySet<CriterionId> = new Set([
  'critical_services_affected',
  'malicious_access_9_5_b',
]);
const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

export const resultWords = (assessment: Assessment): ResultWords =>
  assessment.sort === 'threat' ? threatWords(assessment) : incidentWords(assessment);

function incidentWords({ criteria, major, route, ...found }: Classification): ResultWords {
  const counted = criteria.filter(({ id }) => !notCounted.has(id));
  const met = counted.filter((one) => one.met);
  const metList = met.map(({ name }) => inSentence(name)).join('; ');
  const critical = criteria.find(({ id }) => id === 'critical_services_affected');
  const access = criteria.find(({ id }) => id === 'malicious_access_9_5_b');
  if (major)
    return {
      isMet: true,
      isOpen: false,
      missing: [],
      sentence:
        route === '8(1)(a)'
          ? 'Major by Article 8(1)(a): critical services are affected, and a malicious access succeeded that may lead to data losses.'
          : `Major by Article 8(1)(b): critical services are affected and ${counts[met.length] ?? met.length} thresholds are met: ${metList}.`,
    };
  const openOnes = counted.filter((one) => one.open);
  const couldMeet =
    met.length + openOnes.length >= thresholdsAsked ||
    access?.met === true ||
    access?.open === true;
  if (!found.critical_services_affected && critical?.open !== true)
    return {
      isMet: false,
      isOpen: false,
      missing: [],
      sentence: 'Not major: no critical services are affected, which Article 8(1) asks for.',
    };
  const isOpen = couldMeet;
  const missing = isOpen
    ? [critical, access, ...openOnes].flatMap((one) =>
        one?.open === true ? [`${one.name} (Art ${one.article})`] : [],
      )
    : [];
  const services = found.critical_services_affected
    ? 'critical services are affected'
    : 'it is not known whether critical services are affected';
  const thresholds =
    met.length === 0
      ? 'none of the two thresholds is met'
      : `${counts[met.length] ?? met.length} of the two thresholds ${met.length === 1 ? 'is' : 'are'} met: ${metList}`;
  return {
    isMet: false,
    isOpen,
    missing,
    sentence: `Not major${isOpen ? ' as far as is known' : ''}: ${services}, and ${thresholds} (Article 8(1)(b)).`,
  };
}

function threatWords({ significant, open, criteria }: ThreatAssessment): ResultWords {
  const list = (wanted: (one: ThreatAssessment['criteria'][number]) => boolean): string[] =>
    criteria.filter(wanted).map(({ name, article }) => `${name} (Art ${article})`);
  if (significant)
    return {
      isMet: true,
      isOpen: false,
      missing: [],
      sentence:
        'Significant by Article 10(1): what it could affect, how probable it is and what it could meet are all given.',
    };
  const failed = list((one) => !one.met && !one.open);
  return {
    isMet: false,
    isOpen: open,
    missing: open ? list((one) => one.open) : [],
    sentence:
      failed.length > 0
        ? `Not significant: all three conditions of Article 10(1) are asked for, and not met: ${failed.join('; ')}.`
        : 'Not significant as far as is known: all three conditions of Article 10(1) are asked for.',
  };
}

/** A name inside a sentence begins small. */
const inSentence = (name: string): string => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

/** The verdict of a criterion or a line of it in a word; null is not known. */
export const verdictWord = (met: boolean | null): string =>
  met === null ? 'Not known' : met ? 'Met' : 'Not met';
