/** The questions of the worksheet for a cyber threat (2024/1772 Art 10), all answered by yes or no. Pure data. */

export type ThreatGroup = 'reach' | 'probability' | 'criteria' | 'others';

type ThreatField = {
  label: string;
  group: ThreatGroup;
  /** Article of 2024/1772. */
  article: string;
  help: string;
};

export const threatFields = {
  could_affect_critical_functions: {
    label: 'Could affect critical or important functions of this entity',
    group: 'reach',
    article: '10(1)(a)',
    help: 'Think of the threat as having come true, with the information there is today. What it could have affected counts, too.',
  },
  could_affect_others: {
    label: 'Could affect other financial entities, providers, clients or counterparts',
    group: 'reach',
    article: '10(1)(a)',
    help: 'Also where this entity itself would not be hit.',
  },
  weaknesses_can_be_exploited: {
    label: 'There are weaknesses in our systems that it can exploit',
    group: 'probability',
    article: '10(1)(b)(i)',
    help: 'Open vulnerabilities, exposed services, missing patches. Ask whoever runs the scans.',
  },
  actor_is_able_and_willing: {
    label: 'Whoever is behind it has the means and the intent',
    group: 'probability',
    article: '10(1)(b)(ii)',
    help: 'As far as is known, for instance from warnings of the CSIRT or of the sector.',
  },
  persists_or_has_struck: {
    label: 'It persists, or has led to incidents before',
    group: 'probability',
    article: '10(1)(b)(iii)',
    help: 'At this entity, its providers, clients or counterparts.',
  },
  probability_is_high: {
    label: 'So it is highly probable that it comes true, here or at other financial entities',
    group: 'probability',
    article: '10(1)(b)',
    help: 'Your conclusion from the three answers above. The act sets no figure.',
  },
  could_affect_critical_services: {
    label: 'Could affect critical services',
    group: 'criteria',
    article: '10(1)(c)(i)',
    help: 'As in Art 6: systems of critical or important functions, services that need authorisation, or a malicious access.',
  },
  could_meet_clients_and_transactions: {
    label: 'Could meet the threshold of clients, counterparts and transactions',
    group: 'criteria',
    article: '10(1)(c)(ii)',
    help: 'As in Art 9(1), for instance more than 10 % of the clients who use the service.',
  },
  could_meet_geographical_spread: {
    label: 'Could have an impact in two or more Member States',
    group: 'criteria',
    article: '10(1)(c)(iii)',
    help: 'As in Art 9(4).',
  },
  other_thresholds_considered: {
    label: 'The other thresholds are considered as well',
    group: 'others',
    article: '10(2)',
    help: 'The act allows it and does not ask for it. Without a yes here, the answers below do not count.',
  },
  could_meet_reputational_impact: {
    label: 'Could meet the threshold of reputational impact',
    group: 'others',
    article: '10(2)',
    help: 'As in Art 9(2).',
  },
  could_meet_duration_downtime: {
    label: 'Could meet the threshold of duration and downtime',
    group: 'others',
    article: '10(2)',
    help: 'As in Art 9(3): longer than 24 hours, or a downtime longer than 2 hours.',
  },
  could_meet_data_losses: {
    label: 'Could meet the threshold of data losses',
    group: 'others',
    article: '10(2)',
    help: 'As in Art 9(5), a malicious access included.',
  },
  could_meet_economic_impact: {
    label: 'Could meet the threshold of economic impact',
    group: 'others',
    article: '10(2)',
    help: 'As in Art 9(6): more than EUR 100,000 gross.',
  },
} as const satisfies Record<string, ThreatField>;

export type ThreatName = keyof typeof threatFields;
export const threatNames = Object.keys(threatFields) as readonly ThreatName[];
