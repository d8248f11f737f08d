/**
 * What stands against erasing somebody, with the law and the day on which it ends: Article 17(3) GDPR and the duties it
 * names. Days are of the calendar, and the day named is the first on which it stands no more. Pure.
 */
import { dayAfter, dayWords } from '#lib/incidents/time-zones.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { amlKeepingLaw } from '#lib/persons/aml-law.ts';
import { fieldOf, isFieldName } from '#lib/persons/field-map.ts';
import { retentionRules, type RetentionRule } from '#lib/persons/retention-rules.ts';

export type ErasureFacts = {
  /** What the person is, or was, to clients. Days as YYYY-MM-DD. */
  ties: readonly {
    client: string;
    /** False for who stands behind the client, and is not the client. */
    isCustomer?: boolean;
    /** The day from which its end counts; null while it goes on. */
    endedOn: string | null;
  }[];
  /** Where they have more ties than are looked at: how many are. */
  tooManyTies?: number | null;
  /** Of each of those clients: day of the newest line in its books or order, and what is under way. */
  clients: readonly {
    client: string;
    lastRecordOn: string | null;
    openOperations: number;
    /** Whether anybody still stands behind the client, so that its relationship goes on. */
    isServed?: boolean;
    /** Day on which the last of them left. */
    servedUntil?: string | null;
  }[];
  /** Where the person works with the console: whether they still do, and their last signed act. */
  operator: { isActive: boolean; lastActOn: string | null } | null;
  /** Numbers of their other requests that are not at an end. */
  openRequests: readonly string[];
  /** Legal holds on anything of theirs. */
  holds: readonly { number: string; article: string; sentence: string }[];
  /** Whether a number is held by which they are reported to tax authorities. */
  hasTaxNumber?: boolean;
  /** Corrections that somebody proposed and nobody has decided on. */
  openCorrections: number;
};

export type BlockerCode =
  | 'relationship'
  | 'too-many-ties'
  | 'due-diligence'
  | 'records'
  | 'tax-records'
  | 'operation-open'
  | 'works-here'
  | 'acts-on-record'
  | 'request-open'
  | 'correction-open'
  | 'hold';

export type Blocker = {
  code: BlockerCode;
  /** What it is about: a client, the number of a request; null for the person as such. */
  about: string | null;
  article: string;
  sentence: string;
  /** First day on which it stands no more; null where only an event ends it. */
  endsOn: string | null;
};

const LEGAL_DUTY = 'Article 17(3)(b) GDPR';
const CLAIMS = 'Article 17(3)(e) GDPR';
const micarLaw = retentionRules['micar-records'].law;

/** The day after a span of years from a day. */
const afterYears = (day: string, years: number): string => dayAfter(monthsLater(day, years * 12));

/** Everything that stands against it on this day: what ends by itself in the order of its end, then the rest. */
export function findBlockers(facts: ErasureFacts, today: string): Blocker[] {
  return [
    ...facts.ties.flatMap((tie) => tieBlockers(tie, facts.clients, today)),
    ...tooMany(facts.tooManyTies ?? null),
    ...facts.clients.flatMap((client) => clientBlockers(client, facts.ties)),
    ...(facts.hasTaxNumber === true ? taxBlockers(facts.ties) : []),
    ...operatorBlockers(facts.operator),
    ...facts.openRequests.map((number): Blocker => ({
      code: 'request-open',
      about: number,
      article: CLAIMS,
      sentence: `${number} is not answered yet, and the data are needed for it.`,
      endsOn: null,
    })),
    ...facts.holds.map(({ number, article, sentence }): Blocker => ({
      code: 'hold',
      about: number,
      article,
      sentence,
      endsOn: null,
    })),
    ...(facts.openCorrections > 0
      ? [
          {
            code: 'correction-open' as const,
            about: null,
            article: 'Article 16 GDPR',
            sentence: 'A correction was proposed and is not decided.',
            endsOn: null,
          },
        ]
      : []),
  ]
    .filter(({ endsOn }) => endsOn === null || endsOn > today)
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

/** What stops every erasure of the person, whatever it is about: nothing goes as long as one of them stands. */
const overAll: ReadonlySet<BlockerCode> = new Set([
  'too-many-ties',
  'operation-open',
  'request-open',
  'correction-open',
  'hold',
]);
export const stopsAll = ({ code }: Pick<Blocker, 'code'>): boolean => overAll.has(code);

/**
 * Whether it stands against erasing this field.
 * @param rule by which the field is kept of this person; null for a field that the map has no more.
 */
export function standsAgainst(
  { code }: Pick<Blocker, 'code'>,
  field: string,
  rule: RetentionRule | null,
): boolean {
  switch (code) {
    case 'relationship':
      return rule !== 'consent-withdrawn';
    case 'due-diligence':
      return rule === 'aml-relationship';
    case 'records':
      // A record of a service says nothing when nobody knows for whom it was.
      return rule === 'micar-records' || field === 'full-name';
    case 'tax-records':
      return rule === 'tax-reporting';
    case 'acts-on-record':
      // Records say who acted; how to reach them is no part of a record.
      return field === 'full-name';
    case 'works-here':
      return isFieldName(field) && fieldOf(field).roles.includes('operator');
    default:
      return overAll.has(code);
  }
}

/** Behind every day of the calendar: what no day ends. */
const orderOf = ({ endsOn, code, about }: Blocker): string => `${endsOn ?? '~'} ${code} ${about}`;

/** The first day on which nothing stands against it; null where that is not known. */
export function freeOn(blockers: readonly Blocker[], today: string): string | null {
  let last = today;
  for (const { endsOn } of blockers) {
    if (endsOn === null) return null;
    if (endsOn > last) last = endsOn;
  }
  return last;
}

function tieBlockers(
  { client, endedOn }: ErasureFacts['ties'][number],
  clients: ErasureFacts['clients'],
  today: string,
): Blocker[] {
  if (endedOn === null)
    return [
      {
        code: 'relationship',
        about: client,
        article: `Article 17(1)(a) GDPR; ${LEGAL_DUTY}`,
        sentence: `The person stands behind ${client}, whose relationship goes on.`,
        endsOn: null,
      },
    ];
  const { years } = retentionRules['aml-relationship'];
  const article = `${LEGAL_DUTY}; ${amlKeepingLaw(today)}`;
  // The law counts from the end of the relationship with the customer, not from that of one who stood behind it.
  const about = clients.find((one) => one.client === client);
  const counting: Blocker = {
    code: 'relationship',
    about: client,
    article: `Article 17(1)(a) GDPR; ${LEGAL_DUTY}`,
    sentence: `That the person stands behind ${client} no more counts from ${dayWords(endedOn)}; until then it can be taken back.`,
    endsOn: dayAfter(endedOn),
  };
  if (about?.isServed === true)
    return [
      counting,
      {
        code: 'due-diligence',
        about: client,
        article,
        sentence: `Due diligence on ${client} is kept while its relationship goes on, and for ${years} years after.`,
        endsOn: null,
      },
    ];
  const until = about?.servedUntil ?? endedOn;
  const ended = until > endedOn ? until : endedOn;
  return [
    counting,
    {
      code: 'due-diligence',
      about: client,
      article,
      sentence: `Due diligence on ${client} is kept for ${years} years after ${dayWords(ended)}, from which its end counts.`,
      endsOn: afterYears(ended, years),
    },
  ];
}

/**
 * Years are reported: the last one of the person is that in which what they were to a client ended. For how long is the
 * controller's own setting.
 */
function taxBlockers(ties: ErasureFacts['ties']): Blocker[] {
  const { years, law } = retentionRules['tax-reporting'];
  return ties.flatMap(({ client, endedOn }): Blocker[] => {
    if (endedOn === null) return [];
    const yearEnd = `${endedOn.slice(0, 4)}-12-31`;
    return [
      {
        code: 'tax-records',
        about: client,
        article: `${LEGAL_DUTY}; ${law}`,
        sentence: `What is reported to tax authorities about ${client} is kept for ${years} years after ${dayWords(yearEnd)}, a period that we set ourselves.`,
        endsOn: afterYears(yearEnd, years),
      },
    ];
  });
}

/** What was not looked at may stand against it. */
const tooMany = (looked: number | null): Blocker[] =>
  looked === null
    ? []
    : [
        {
          code: 'too-many-ties',
          about: null,
          article: LEGAL_DUTY,
          sentence: `The person has more than ${looked} ties to clients, more than are looked at. Have whoever runs the installation look at their record.`,
          endsOn: null,
        },
      ];

/** Services after somebody left the client were none for them; the client's own are, whenever they were. */
function concernedUntil(client: string, ties: ErasureFacts['ties']): string | null {
  const own = ties.filter((tie) => tie.client === client);
  let last: string | null = null;
  for (const { isCustomer = true, endedOn } of own) {
    if (isCustomer || endedOn === null) return null;
    if (last === null || endedOn > last) last = endedOn;
  }
  return last;
}

function clientBlockers(
  { client, lastRecordOn: newest, openOperations }: ErasureFacts['clients'][number],
  ties: ErasureFacts['ties'],
): Blocker[] {
  const { years } = retentionRules['micar-records'];
  const until = concernedUntil(client, ties);
  const lastRecordOn = newest !== null && until !== null && until < newest ? until : newest;
  return [
    ...(openOperations > 0
      ? [
          {
            code: 'operation-open' as const,
            about: client,
            article: CLAIMS,
            sentence: `${openOperations} ${openOperations === 1 ? 'operation' : 'operations'} of ${client} ${openOperations === 1 ? 'is' : 'are'} under way.`,
            endsOn: null,
          },
        ]
      : []),
    ...(lastRecordOn === null
      ? []
      : [
          {
            code: 'records' as const,
            about: client,
            article: `${LEGAL_DUTY}; ${micarLaw}`,
            sentence: `Records of services for ${client} are kept for ${years} years after the last one that concerns the person, of ${dayWords(lastRecordOn)} at the latest.`,
            endsOn: afterYears(lastRecordOn, years),
          },
        ]),
  ];
}

/** Nobody is erased out of what they decided: an approval has to be traced to a person while its record is kept. */
function operatorBlockers(operator: ErasureFacts['operator']): Blocker[] {
  if (operator === null) return [];
  const { years, law } = retentionRules.employment;
  if (operator.isActive)
    return [
      {
        code: 'works-here',
        about: null,
        article: `Article 17(1)(a) GDPR; ${LEGAL_DUTY}`,
        sentence: 'The person works with the console.',
        endsOn: null,
      },
    ];
  if (operator.lastActOn === null) return [];
  return [
    {
      code: 'acts-on-record',
      about: null,
      article: `${LEGAL_DUTY}; ${law}`,
      sentence: `The person signed operations, the last on ${dayWords(operator.lastActOn)}; who did is kept for ${years} years.`,
      endsOn: afterYears(operator.lastActOn, years),
    },
  ];
}
