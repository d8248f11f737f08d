/**
 * What clients are told of a major incident that touches their financial interests (DORA Art 19(3)):
 * without undue delay, with the measures taken. In plain English, from facts alone; nothing is said of
 * what isn't known. Pure.
 */
import { spanWords } from '../duration-text.ts';
import { millisOf, minutesOf } from './figures.ts';
import { readInstant } from './knowledge.ts';

export type NoticeFacts = {
  /** Name of the entity that writes. */
  entity: string;
  /** Number of the incident, so that clients can refer to it. */
  reference: string;
  /** Whom clients ask, such as an address or a telephone number. */
  contact: string;
  /** Instants, ISO 8601. */
  detected: string;
  occurred?: string;
  /** When service was back; an instant after `now` is an expectation. */
  recovered?: string;
  resolved?: string;
  now: string;
  /** What happened, for clients: the description of the report is for the authority. */
  summary: string;
  /** Services that were hit, by the names that clients know them by. */
  services: readonly string[];
  /** "DD:HH:MM" */
  downtime?: string;
  /** Values of field 3.20. */
  dataLosses?: readonly string[];
  /** What it does to the clients’ assets and money; null while that is being looked into. */
  effect: string | null;
  /** What was done, and what will be. */
  measures: readonly string[];
  /** What clients should do now; empty where nothing. */
  advice: readonly string[];
};

export type Notice = { subject: string; text: string };

/** What is needed before clients can be told. */
export type NoticeFault = { fact: keyof NoticeFacts; sentence: string };

const isBlank = (text: string): boolean => text.trim() === '';

/** Says what a notice still lacks; none where it can go out. */
export function noticeFaults(facts: NoticeFacts): NoticeFault[] {
  const faults: NoticeFault[] = [];
  const need = (fact: keyof NoticeFacts, isMissing: boolean, sentence: string) => {
    if (isMissing) faults.push({ fact, sentence });
  };
  need('entity', isBlank(facts.entity), 'Say who writes.');
  need('reference', isBlank(facts.reference), 'Give the number of the incident.');
  need('contact', isBlank(facts.contact), 'Say whom clients can ask.');
  need('detected', millisOf(facts.detected) === null, 'Say when the incident was found.');
  need('now', millisOf(facts.now) === null, 'Say when the notice is written.');
  need('summary', isBlank(facts.summary), 'Say in plain words what happened.');
  need(
    'measures',
    facts.measures.every(isBlank),
    'Article 19(3) DORA wants the measures taken. Name at least one.',
  );
  return faults;
}

const DATA: Readonly<Record<string, string>> = {
  availability: 'could not be used for a time',
  authenticity: 'can’t be relied on to come from whom they say',
  integrity: 'were changed without permission',
  confidentiality: 'were seen by somebody who had no right to',
};

/** Words in a row: "a, b and c". */
function inRow(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const sentence = (words: string): string => {
  const text = words.trim();
  return /[.!?…]$/.test(text) ? text : `${text}.`;
};

const bullets = (lines: readonly string[]): string =>
  lines
    .filter((line) => !isBlank(line))
    .map((line) => `- ${sentence(line)}`)
    .join('\n');

/**
 * Writes the notice.
 * @returns null while facts are missing; `noticeFaults` says which.
 */
export function clientNotice(facts: NoticeFacts): Notice | null {
  if (noticeFaults(facts).length > 0) return null;
  const paragraphs = [
    'Dear client,',
    `we write to you because of an incident with our systems that may concern your financial interests. Its number is ${facts.reference.trim()}.`,
    section('What happened', [sentence(facts.summary), ...times(facts)]),
    section('What it means for you', effects(facts)),
    `What we have done\n${bullets(facts.measures)}`,
    facts.advice.every(isBlank)
      ? 'What you should do\nYou need not do anything now.'
      : `What you should do\n${bullets(facts.advice)}`,
    facts.resolved === undefined
      ? 'We will write to you again when we know more.'
      : 'If we learn anything more that concerns you, we will write to you again.',
    `For questions: ${sentence(facts.contact)} Please name the number of the incident.`,
    facts.entity.trim(),
  ];
  return {
    subject: `${facts.entity.trim()}: incident ${facts.reference.trim()}${facts.resolved === undefined ? '' : ', resolved'}`,
    text: `${paragraphs.join('\n\n')}\n`,
  };
}

const section = (heading: string, sentences: readonly string[]): string =>
  `${heading}\n${sentences.join(' ')}`;

function times({
  occurred,
  detected,
  recovered,
  resolved,
  services,
  downtime,
  now,
}: NoticeFacts): string[] {
  const began = millisOf(occurred) === null ? null : readInstant(occurred ?? '');
  const back = millisOf(recovered);
  const minutes = minutesOf(downtime);
  const affected = inRow(services.filter((name) => !isBlank(name)).map((name) => name.trim()));
  return [
    ...(began === null
      ? [`We noticed it on ${readInstant(detected)}.`]
      : [`It began on ${began}; we noticed it on ${readInstant(detected)}.`]),
    ...(affected === '' ? [] : [`Affected: ${affected}.`]),
    ...(minutes === null || minutes === 0
      ? []
      : [`Service was down or limited for ${spanWords(minutes)}.`]),
    ...(back === null
      ? []
      : back > (millisOf(now) ?? 0)
        ? [`We expect service to be back on ${readInstant(recovered ?? '')}.`]
        : [`Service has been back since ${readInstant(recovered ?? '')}.`]),
    ...(millisOf(resolved) === null
      ? ['We are still working on it.']
      : [`The incident was resolved on ${readInstant(resolved ?? '')}.`]),
  ];
}

function effects({ effect, dataLosses = [] }: NoticeFacts): string[] {
  const known = dataLosses.flatMap((loss) => DATA[loss] ?? []);
  return [
    effect === null || isBlank(effect)
      ? 'We are still finding out what it means for your assets and money, and will tell you.'
      : sentence(effect),
    ...(known.length === 0 ? [] : [`Some data ${inRow(known)}.`]),
  ];
}
