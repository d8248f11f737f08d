/**
 * What a contract on ICT services has to say (DORA Art 30 and 28(7), Delegated Regulation 2025/532), as a
 * checklist. Data, so that a change of the law is a change of a line. Pure.
 */
export type Clause = {
  id: string;
  what: string;
  /** `all` contracts, or those for a critical or important function only. */
  asked: 'all' | 'critical';
};

export const clauses: readonly Clause[] = [
  {
    id: '30(1)',
    asked: 'all',
    what: 'One written document with the service levels, in a durable form',
  },
  {
    id: '30(2)(a)',
    asked: 'all',
    what: 'Services described in full; whether and how they may be subcontracted',
  },
  {
    id: '30(2)(b)',
    asked: 'all',
    what: 'Places of the service and of the data; notice before they change',
  },
  {
    id: '30(2)(c)',
    asked: 'all',
    what: 'Availability, authenticity, integrity and confidentiality of data',
  },
  {
    id: '30(2)(d)',
    asked: 'all',
    what: 'Access to data and their return on insolvency, resolution or the end',
  },
  { id: '30(2)(e)', asked: 'all', what: 'Service levels' },
  { id: '30(2)(f)', asked: 'all', what: 'Help in incidents at no or an agreed cost' },
  { id: '30(2)(g)', asked: 'all', what: 'Cooperation with the authorities' },
  { id: '30(2)(h)', asked: 'all', what: 'Rights to terminate and the least notice' },
  { id: '30(2)(i)', asked: 'all', what: 'Part in awareness and training' },
  {
    id: '30(3)(a)',
    asked: 'critical',
    what: 'Full service levels with targets in figures and in quality',
  },
  {
    id: '30(3)(b)',
    asked: 'critical',
    what: 'Notice and reports of developments with a material impact',
  },
  {
    id: '30(3)(c)',
    asked: 'critical',
    what: 'Contingency plans in place and tested; security measures',
  },
  { id: '30(3)(d)', asked: 'critical', what: 'Part in threat-led penetration tests' },
  {
    id: '30(3)(e)(i)',
    asked: 'critical',
    what: 'Unrestricted access, inspection and audit, with copies',
  },
  {
    id: '30(3)(e)(ii)',
    asked: 'critical',
    what: 'Other levels of assurance where the rights of others are touched',
  },
  { id: '30(3)(e)(iii)', asked: 'critical', what: 'Cooperation in inspections on the spot' },
  { id: '30(3)(e)(iv)', asked: 'critical', what: 'Scope, procedure and frequency of audits' },
  {
    id: '30(3)(f)',
    asked: 'critical',
    what: 'Exit: transition period, continued service, migration',
  },
  {
    id: '28(7)',
    asked: 'all',
    what: 'Can be terminated on breach, altered performance, weak risk management or hindered supervision',
  },
  {
    id: '2025/532',
    asked: 'critical',
    what: 'Subcontracting of critical services: conditions, monitoring, notice, right to object',
  },
];

export const clauseAnswers = {
  met: 'In the contract',
  missing: 'Not in the contract',
  'not-needed': 'Not needed, for the reason given',
} as const;

export const exitResults = {
  passed: 'Worked',
  partly: 'Worked in part',
  failed: 'Did not work',
} as const;

/** Texts of the exit plan, each of which a plan needs (DORA Art 28(8); policy standards Art 10). */
export const exitTexts = {
  'exit-triggers': 'What sets it off',
  'exit-alternatives': 'Alternatives',
  'exit-transition': 'How the service moves, and how long that takes',
  'exit-data-return': 'How data come back',
} as const;

/** The text that holds the evidence for a clause, or why it is not needed. */
export const clauseText = (id: string): string => `clause.${id}`;
