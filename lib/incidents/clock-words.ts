/** What the clocks say about themselves, in plain sentences with their articles. Pure. */
import { cannotKeep, otherClocks, relief, spans } from './deadline-rules.ts';
import type { Due, InitialRule } from './deadlines.ts';
import { localWords } from './time-zones.ts';

const aware = spans.initialFromAwareness;
const classified = spans.initialFromClassification;
const late = spans.initialLate;

export const initialSentences: Readonly<Record<InitialRule, string>> = {
  unclassified: `Not classified yet, so it is open whether this applies: if it is classified as major by then, the notification is due ${classified.hours} h after that and ${aware.hours} h after awareness at the latest: Art ${aware.article}. If it is classified later, ${late.hours} h from classification count: Art ${late.article}.`,
  classification: `${classified.hours} h from classification as major count, since they end before ${aware.hours} h from awareness: Art ${classified.article}.`,
  awareness: `${aware.hours} h from awareness count, since ${classified.hours} h from classification as major would not end before: Art ${aware.article}.`,
  late: `Classified more than ${aware.hours} h after awareness, so ${late.hours} h from classification count: Art ${late.article}.`,
};

/** When the time in which it could have been classified has passed. */
export const unclassifiedSentence = `${aware.hours} h from awareness have passed without a classification. Once it is classified as major, the notification is due ${late.hours} h later: Art ${late.article}.`;

export const intermediateSentences = {
  running: `${spans.intermediate.hours} h from the submission of the initial notification count, even if nothing has changed: Art ${spans.intermediate.article}.`,
  projected: `A projection: the time runs from the submission of the initial notification, which is not sent yet. If it is sent at its limit, ${spans.intermediate.hours} h from there count: Art ${spans.intermediate.article}.`,
} as const;

export const finalSentences = {
  running: `${spans.final.months} month from the submission of the latest intermediate report counts, until the end of that day: Art ${spans.final.article}.`,
  projected: `A projection: the time runs from the submission of the latest intermediate report, which is not sent yet. If it is sent at its limit, ${spans.final.months} month from there counts: Art ${spans.final.article}.`,
} as const;

export const updatedSentence = `Regular activities have recovered after the last intermediate report, so an updated one is due without undue delay: Art ${otherClocks.updated.article}. The law gives no number.`;
export const clientsSentence = `The incident touches the financial interests of clients, so they are told without undue delay, with the measures taken: ${otherClocks.clients.act} Art ${otherClocks.clients.article}. The law gives no number.`;

const breach = otherClocks.breachAuthority;
const persons = otherClocks.breachPersons;
export const breachSentences = {
  authority: `${breach.hours} h from awareness of the personal data breach count. They run through weekends and holidays, and nothing is added: ${breach.act} Art ${breach.article}. Later only with reasons.`,
  unlikely: `No risk to persons is likely, so the authority need not be notified: ${breach.act} Art ${breach.article}. The breach stays in the register.`,
  persons: `The risk to persons is high, so they are told without undue delay: ${persons.act} Art ${persons.article}. The law gives no number.`,
} as const;

export const stopSentences = {
  reclassified:
    'Reclassified as not major, since it never met the criteria; all open clocks stopped: ITS 2025/302 Art 5.',
  'not-major': 'Classified as not major, so no report is due.',
} as const;

/** What a weekend or holiday does to a limit; nothing where the limit falls on a working day. */
export function reliefWords(
  { limit, due, isOnFreeDay, relieved, verdict }: Due,
  zone: string,
): string[] {
  if (!isOnFreeDay) return [];
  const falls = `The limit, ${localWords(limit, zone)}, falls on a weekend or bank holiday`;
  return relieved
    ? [
        `${falls}, so noon of the next working day counts, ${localWords(due, zone)}: Art ${relief.article}.`,
      ]
    : [`${falls} and stays: ${verdict.why}`];
}

/** What to do where a limit can't be kept. */
export const cannotKeepSentence = `If this can't be kept, tell the authority without undue delay, with the reasons, at the latest at the limit: Art ${cannotKeep.article}.`;
