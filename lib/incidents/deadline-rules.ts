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

/** Who has no relief by its type or size, and for which reports (5(5)). */
export const reliefLost = {
  article: '5(5)',
  reports: ['initial', 'intermediate'],
  /** As field 1.4 of the reports names them, with the short names in use. */
  types: {
    credit_institution: 'credit institutions',
    central_counterparty: 'central counterparties',
    ccp: 'central counterparties',
    trading_venue: 'operators of trading venues',
    trading_venue_operator: 'operators of trading venues',
    operator_of_trading_venue: 'operators of trading venues',
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

/**
 * The other types of financial entity, as field 1.4 names them, with the short name of ours: they keep the relief.
 * A type that is on neither list has none for the initial and intermediate report, so that a slip of the pen never
 * makes a limit later.
 */
export const typesWithRelief: readonly string[] = [
  'crypto_asset_service_provider',
  'casp',
  'issuer_of_asset_referenced_tokens',
  'payment_institution',
  'exempted_payment_institution',
  'account_information_service_provider',
  'electronic_money_institution',
  'exempted_electronic_money_institution',
  'investment_firm',
  'central_securities_depository',
  'trade_repository',
  'manager_of_alternative_investment_fund',
  'management_company',
  'data_reporting_service_provider',
  'insurance_and_reinsurance_undertaking',
  'insurance_intermediary_reinsurance_intermediary_and_ancillary_insurance_intermediary',
  'institution_for_occupational_retirement_provision',
  'credit_rating_agency',
  'administrator_of_critical_benchmarks',
  'crowdfunding_service_provider',
  'securitisation_repository',
];

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
