/** The notification to the authority as text: what Art 33(3) asks for, by its letters. Pure. */
import { minuteInUtc } from '#lib/platform/days.ts';
import { categories } from '#lib/persons/field-map.ts';
import { memberStates, type MemberState } from '#lib/incidents/member-states.ts';
import { contents } from './completeness.ts';
import type { BreachFacts } from './event.ts';
import type { BreachStanding } from './fold.ts';
import { breachKinds, causes, personGroups, readability, risks, sources } from './life.ts';
import type { BreachContact } from './load-contact.ts';
import { tellingsOf } from './tellings.ts';

export type NotificationInput = {
  number: string;
  phase: number;
  /** Name of the controller in law, with its identifier where one is on record. */
  controller: string;
  standing: BreachStanding;
  missing: BreachFacts<'notification-signed'>['missing'];
  contact: BreachContact | null;
  /** Member State of our seat, whose authority leads where several are concerned (Art 56). */
  seat: MemberState | null;
  /** The newest texts, opened; null for one that was erased or never written. */
  texts: Readonly<Record<'description' | 'nature' | 'consequences' | 'measures', string | null>>;
  /** Why the rest comes later, and why it is late; null where it isn't so. */
  later: string | null;
  delay: string | null;
  /** Instant of the text. */
  at: Date;
};

const notKnown = 'Not known yet.';
const listed = (names: readonly string[]): string => names.join('; ') || notKnown;
export const rangeWords = (range: { least: number; most: number } | null): string => {
  if (range === null) return notKnown;
  const { least, most } = range;
  const number = (value: number) => value.toLocaleString('en-GB');
  return least === most ? number(least) : `${number(least)} to ${number(most)}`;
};

/** @returns lines apart by line feeds, the same for the same input. */
export function notificationText(input: NotificationInput): string {
  const { number, phase, controller, standing, contact, seat, texts, at } = input;
  const others = (input.standing.description?.states ?? []).filter((state) => state !== seat);
  const said = standing.description;
  const what = phase === 1 ? 'Initial notification' : `Further information, part ${phase}`;
  return [
    'Notification of a personal data breach to the supervisory authority',
    'Regulation (EU) 2016/679, Article 33',
    '',
    `Controller: ${controller}`,
    `Our number: ${number}. ${what}. Drawn up ${minuteInUtc(at.toISOString())}.`,
    ...references(standing),
    '',
    '1. When',
    `Noticed: ${minuteInUtc(standing.noticedAt)} (${sources[standing.opening.source].toLowerCase()}).`,
    ...(standing.opening.processor === null
      ? []
      : [`A processor told us: ${minuteInUtc(standing.opening.processor.toldAt)}.`]),
    `Aware: ${standing.awareAt === null ? notKnown : minuteInUtc(standing.awareAt)}.`,
    `Contained: ${standing.containedAt === null ? 'not yet' : minuteInUtc(standing.containedAt)}.`,
    '',
    '2. Nature of the breach (a)',
    listed((said?.kinds ?? []).map((kind) => breachKinds[kind])),
    texts.nature ?? texts.description ?? notKnown,
    `Cause: ${said === null ? notKnown : causes[said.cause]}.`,
    `Can the data be read: ${said === null ? notKnown : readability[said.readability]}.`,
    `Categories of persons: ${listed((said?.groups ?? []).map((group) => personGroups[group]))}`,
    `Approximate number of persons: ${rangeWords(said?.persons ?? null)}`,
    `Categories of data: ${listed((said?.categories ?? []).map((one) => categories[one]))}`,
    `Approximate number of records: ${rangeWords(said?.records ?? null)}`,
    `Other Member States: ${others.map((state) => memberStates[state]).join(', ') || 'none known'}`,
    `Lead authority: ${seat === null ? 'not on record' : `that of our seat in ${memberStates[seat]} (Art 56)`}`,
    '',
    '3. Where to ask (b)',
    contact === null ? notKnown : `${contact.name}\n${contact.contact}`,
    '',
    '4. Likely consequences (c)',
    texts.consequences ?? notKnown,
    `Risk to persons: ${standing.risk === null ? 'not assessed yet' : risks[standing.risk]}.`,
    '',
    '5. Measures taken or proposed (d)',
    texts.measures ?? notKnown,
    ...persons(standing),
    ...ending(input),
    '',
  ].join('\n');
}

const references = ({ phases }: BreachStanding): string[] =>
  phases.flatMap(({ phase, sent }) =>
    sent === null
      ? []
      : [`Part ${phase} was sent ${minuteInUtc(sent.sentAt)}, your reference ${sent.reference}.`],
  );

function persons(standing: BreachStanding): string[] {
  const { decision, toldAt } = standing;
  if (toldAt !== null) return [`Persons were told, the last of them ${minuteInUtc(toldAt)}.`];
  const { told, missing } = tellingsOf(standing);
  if (told > 0)
    return [
      `Persons told so far: ${told.toLocaleString('en-GB')}; still to be told: ${missing.toLocaleString('en-GB')} at least.`,
    ];
  if (decision === null || (decision.exception !== null && !decision.isAgreed))
    return ['Whether persons are told is not decided yet.'];
  return [decision.isTold ? 'Persons will be told.' : 'Persons are not told one by one.'];
}

function ending({ missing, later, delay }: NotificationInput): string[] {
  return [
    ...(missing.length === 0
      ? []
      : [
          '',
          '6. What comes later (Article 33(4))',
          ...missing.map((content) => `- ${contents[content].name}`),
          later ?? '',
        ]),
    ...(delay === null ? [] : ['', '7. Reasons for the delay (Article 33(1))', delay]),
  ];
}
