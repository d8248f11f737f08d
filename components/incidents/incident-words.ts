/** How the screens of the incident desk say what they show. Pure. */
import {
  categories,
  classes,
  incidentStates,
  linkKinds,
  rootCauses,
  severities,
  type IncidentClass,
  type IncidentState,
} from '#lib/incidents/desk/life.ts';
import { DETAILED_CAUSES } from '#lib/incidents/report/choices-causes.ts';
import { countOf } from '../operations/counts.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

export type Mark = { shape: StatusShape; tone: Tone; words: string };

/** A new one that nobody has acknowledged needs somebody now. */
export function stateMark(state: IncidentState, isAcknowledged: boolean): Mark {
  if (state === 'new')
    return isAcknowledged
      ? { shape: 'ring', tone: 'neutral', words: 'New, acknowledged' }
      : { shape: 'triangle', tone: 'caution', words: 'New' };
  return {
    shape: state === 'working' ? 'dot' : 'square',
    tone: state === 'working' ? 'neutral' : 'quiet',
    words: incidentStates[state],
  };
}

export function classMark(standing: IncidentClass): Mark {
  const words = classes[standing];
  if (standing === 'major') return { shape: 'triangle', tone: 'danger', words };
  if (standing === 'open') return { shape: 'ring', tone: 'quiet', words };
  return { shape: 'square', tone: 'quiet', words };
}

const isSeverity = (value: number): value is keyof typeof severities => value in severities;

/** "2 · High"; what it means stands behind the colon in the table of words. */
export function severityName(severity: number | null): string {
  if (severity === null || !isSeverity(severity)) return 'Not triaged';
  return `${severity} · ${severities[severity].split(':')[0] ?? ''}`;
}

/** The severity with what it means. */
export const severityMeaning = (severity: number): string =>
  isSeverity(severity) ? severities[severity] : `Severity ${severity}`;

const wordIn =
  (words: Readonly<Record<string, string>>) =>
  (key: string): string =>
    (Object.hasOwn(words, key) ? words[key] : undefined) ?? plainName(key);

export const categoryName = wordIn(categories);
export const linkName = wordIn(linkKinds);

const kindOfCause = wordIn(rootCauses);

/** Detailed root causes, each behind the kind that it is of: "Human error: mistake". */
export const detailedCauses: readonly { value: string; label: string }[] = DETAILED_CAUSES.map(
  ({ value, words, under = '' }) => ({
    value,
    label: `${kindOfCause(under)}: ${inSentence(words)}`,
  }),
);

/** A root cause by its code, a kind or a detailed one. */
export const causeName = (code: string): string =>
  detailedCauses.find(({ value }) => value === code)?.label ?? kindOfCause(code);

/** With a small letter at the beginning, unless it begins with an abbreviation. */
function inSentence(words: string): string {
  return /^[A-Z]{2}/.test(words) ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

/** Time limits by the name under which they are kept. */
export const clockName = wordIn({
  initial: 'Initial notification',
  intermediate: 'Intermediate report',
  final: 'Final report',
  updated: 'Updated intermediate report',
  clients: 'Information of clients',
  'breach-authority': 'Personal-data breach, to the authority',
  'breach-persons': 'Personal-data breach, to the persons',
  reclassified: 'Reclassification',
});

/** Words of a name that has none of its own: "tx_daily_avg_value" is "Tx daily avg value". */
export function plainName(key: string): string {
  const text = key.replaceAll(/[_.-]+/g, ' ').trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** "1.2 MiB", "14 KiB", "512 bytes": exact below a KiB, else to one decimal. */
export function sizeName(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1_048_576) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** "3 incidents and 1 cyber threat": figures count the two apart, too. */
export function rowsCount(rows: readonly { sort: 'incident' | 'threat' }[]): string {
  const threats = rows.filter(({ sort }) => sort === 'threat').length;
  const incidents = rows.length - threats;
  if (threats === 0) return countOf(incidents, 'incident');
  const said = countOf(threats, 'cyber threat');
  return incidents === 0 ? said : `${countOf(incidents, 'incident')} and ${said}`;
}
