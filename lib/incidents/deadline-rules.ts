/**
 * Every span, hour and exception of the time limits: Delegated Regulation (EU) 2025/301 Art 5 for reports of major
 * incidents, Regulation (EU) 2016/679 (GDPR) Art 33 and 34 for personal data breaches, Regulation (EU) 2022/2554
 * (DORA) Art 19 for clients. When the law changes, it changes here and nowhere else. Pure data.
 */

/** The reports that Art 5 sets limits for. */
export type Report = 'initial' | 'intermediate' | 'final';

export const spans = {
  /** Initial notification: both, whichever ends first. */
  initialFromClassification: { article: '5(1)(a)', hours: 4, from: 'classification as major' },
  initialFromAwareness: { article: '5(1)(a)', hours: 24, from: 'awareness' },
  /** Classified later than 24 h after awareness: this alone. */
  initialLate: { article: '5(2)', hours: 4, from: 'classification as major' },
  intermediate: {
    article: '5(1)(b)',
    hours: 72,
    from: 'the submission of the initial notification',
  },
  final: {
    article: '5(1)(c)',
    months: 1,
    from: 'the submission of the latest intermediate report',
  },
} as const;

/** What to do when a limit can't be kept (5(3)): tell the authority why, at the latest at that limit. */
export const cannotKeep = { article: '5(3)' } as const;

/** Weekends and bank holidays: a limit that falls on one may be met later. */
export const relief = {
  article: '5(4)',
  /** By this time of the next working day, on the clocks of the Member State. */
  until: '12:00:00',
  /** Days of the week without work: 0 is Sunday, 6 Saturday. */
  weekend: [0, 6],
} as const;

const creditInstitutions = 'credit institutions';
const counterparties = 'central counterparties';
const venues = 'operators of trading venues';

/** Who has no relief by its type or size, and for which reports (5(5)). */
export const reliefLost = {
  article: '5(5)',
  reports: ['initial', 'intermediate'],
  /**
   * As field 1.4 of the reports names them, as the register of information numbers them, and by the names in use;
   * in the spelling of `typeKey`. The article lists who loses the relief, so every other type keeps it.
   */
  types: {
    credit_institution: creditInstitutions,
    bank: creditInstitutions,
    eba_ct_x12: creditInstitutions,
    central_counterparty: counterparties,
    ccp: counterparties,
    eba_ct_x643: counterparties,
    trading_venue: venues,
    trading_venue_operator: venues,
    operator_of_trading_venue: venues,
    operator_of_a_trading_venue: venues,
    regulated_market: venues,
    multilateral_trading_facility: venues,
    mtf: venues,
    organised_trading_facility: venues,
    otf: venues,
    eba_ct_x305: venues,
  },
  nis2: 'entities identified as essential or important under NIS2 Art 3',
} as const satisfies {
  article: string;
  reports: readonly Report[];
  types: Readonly<Record<string, string>>;
  nis2: string;
};

/**
 * The authority's decision that takes the relief from a significant or systemic entity (5(6)). It works for what 5(5)
 * works for, and only for incidents reported after it was notified.
 */
export const reliefWithdrawn = {
  article: '5(6)',
  reports: ['initial', 'intermediate'],
} as const satisfies { article: string; reports: readonly Report[] };

/** The clocks beside the reports. Hours run through weekends and holidays, without relief. */
export const otherClocks = {
  updated: { article: '5(1)(b)', act: 'Delegated Regulation 2025/301' },
  clients: { article: '19(3)', act: 'DORA' },
  breachAuthority: { article: '33(1)', act: 'GDPR', hours: 72 },
  breachPersons: { article: '34(1)', act: 'GDPR' },
} as const;

/** Parts of the time at which people are warned; a whole is the limit itself, where it escalates. */
export const warningShares: readonly number[] = [0.5, 0.8, 1];

/** Hours before the end in which a clock counts as nearly out. */
export const lastHours = 1;
