/** The record of processing of the sample organisation: what a custodian does with data of people. */
import { dayAgo } from '../sample-times.ts';
import type { Keeper, Texts } from '../resilience/keeper.ts';
import { idIn, type Ids } from '../resilience/contracts.ts';

type Sample = {
  key: string;
  name: string;
  owner: string;
  purposes: readonly { purpose: string; basis: string; ground?: string }[];
  persons: readonly string[];
  /** Category, then the rule of erasure or the limit in words. */
  data: readonly (readonly [category: string, retention: string | null, limit?: string])[];
  recipients: readonly { recipient: string; country?: string }[];
  transfers?: readonly string[];
  processors?: readonly string[];
  systems: readonly string[];
  /** Null where an assessment is needed; else why it is not. */
  noDpia: string | null;
  /** Days since the last review, and until the next. */
  reviewed: number;
  next: number;
  measures: string;
};

const aml = 'Articles 13 and 40 of Directive (EU) 2015/849';
const ordinary =
  'Access by role and hardware key, encryption at rest and on the way, four eyes on what leaves, logs that cannot be changed.';

/** One review is overdue on purpose: a list with nothing to do teaches nobody. */
const samples: readonly Sample[] = [
  {
    key: 'onboarding',
    name: 'Client onboarding and due diligence',
    owner: 'sofia',
    purposes: [
      {
        purpose: 'To identify clients and those behind them',
        basis: 'legal-obligation',
        ground: aml,
      },
      { purpose: 'To screen names against lists', basis: 'legal-obligation', ground: aml },
    ],
    persons: ['clients', 'representatives', 'beneficial-owners'],
    data: [
      ['identity', 'aml-relationship'],
      ['contact', 'aml-relationship'],
      ['document', 'aml-relationship'],
      ['due-diligence', 'aml-relationship'],
      ['tax', 'tax-reporting'],
    ],
    recipients: [
      { recipient: 'Financial intelligence unit, on its demand' },
      { recipient: 'Provider of the screening', country: 'GB' },
    ],
    transfers: ['tamar'],
    processors: ['tamar'],
    systems: ['console-1', 'db-1', 'backup-1'],
    noDpia: null,
    reviewed: 80,
    next: 250,
    measures: `${ordinary} A person decides on each hit.`,
  },
  {
    key: 'custody',
    name: 'Custody of assets',
    owner: 'sofia',
    purposes: [
      { purpose: 'To keep assets and carry out instructions', basis: 'contract' },
      {
        purpose: 'To keep the register of positions',
        basis: 'legal-obligation',
        ground: 'Article 75(2) of Regulation (EU) 2023/1114',
      },
    ],
    persons: ['clients', 'representatives'],
    data: [
      ['transactions', 'micar-records'],
      ['chain-addresses', 'micar-records'],
      ['payment', 'micar-records'],
    ],
    recipients: [{ recipient: 'Banks that carry payments' }, { recipient: 'Auditors' }],
    processors: ['nordlicht'],
    systems: ['console-1', 'db-1', 'node-1', 'backup-1'],
    noDpia:
      'Positions and instructions of clients only; nobody is scored or watched. Looked at with the list of the authority.',
    reviewed: 80,
    next: 250,
    measures: `${ordinary} Keys are shared between parties.`,
  },
  {
    key: 'travel-rule',
    name: 'Travel rule and monitoring of transfers',
    owner: 'tomas',
    purposes: [
      {
        purpose: 'To send and check the details that accompany transfers',
        basis: 'legal-obligation',
        ground: 'Articles 14 to 17 of Regulation (EU) 2023/1113',
      },
      { purpose: 'To monitor transactions', basis: 'legal-obligation', ground: aml },
    ],
    persons: ['clients', 'transfer-parties'],
    data: [
      [
        'transfer-details',
        null,
        'Five years after the transfer (Article 26 of Regulation (EU) 2023/1113).',
      ],
      ['chain-addresses', 'aml-relationship'],
      ['transactions', 'aml-relationship'],
    ],
    recipients: [
      { recipient: 'Providers of crypto-asset services on the other side' },
      { recipient: 'Provider of chain analytics', country: 'US' },
    ],
    transfers: ['cascade'],
    processors: ['cascade', 'osprey'],
    systems: ['console-1', 'db-1', 'node-1'],
    noDpia: null,
    reviewed: 45,
    next: 300,
    measures: `${ordinary} Analytics get addresses, never names.`,
  },
  {
    key: 'complaints',
    name: 'Complaints',
    owner: 'lena',
    purposes: [
      {
        purpose: 'To answer complaints and keep their register',
        basis: 'legal-obligation',
        ground: 'Article 71 of Regulation (EU) 2023/1114',
      },
    ],
    persons: ['complainants', 'clients'],
    data: [
      ['contact', 'micar-records'],
      ['correspondence', 'micar-records'],
    ],
    recipients: [{ recipient: 'Supervisory authority, on its demand' }],
    processors: ['nordlicht'],
    systems: ['console-1', 'db-1'],
    noDpia: 'Few cases, each answered by a person.',
    reviewed: 120,
    next: 200,
    measures: ordinary,
  },
  {
    key: 'access',
    name: 'Access control of staff',
    owner: 'ada',
    purposes: [
      {
        purpose: 'To control who works with the console and prove who did what',
        basis: 'legitimate-interests',
        ground: 'Secure custody of the assets of clients',
      },
    ],
    persons: ['staff'],
    data: [
      ['identity', 'employment'],
      ['contact', 'staff-contact'],
      ['access-logs', 'employment'],
    ],
    recipients: [{ recipient: 'Colleagues' }, { recipient: 'Auditors' }],
    processors: ['kestrel'],
    systems: ['console-1', 'directory-1'],
    noDpia: 'What people do with the console is logged, not how they work; the staff were heard.',
    reviewed: 150,
    next: 180,
    measures: `${ordinary} Names stand apart from the log and can be erased.`,
  },
  {
    key: 'incidents',
    name: 'Handling of incidents',
    owner: 'ada',
    purposes: [
      {
        purpose: 'To detect, handle and report incidents',
        basis: 'legal-obligation',
        ground: 'Articles 17 to 19 of Regulation (EU) 2022/2554',
      },
    ],
    persons: ['staff', 'clients'],
    data: [
      ['incident-evidence', null, 'Five years after the incident is closed.'],
      ['access-logs', 'employment'],
    ],
    recipients: [{ recipient: 'Financial authority' }, { recipient: 'Data protection authority' }],
    systems: ['console-1', 'db-1'],
    noDpia: 'Only what an incident touched, for as long as it is evidence.',
    reviewed: 200,
    next: 90,
    measures: ordinary,
  },
  {
    key: 'marketing',
    name: 'News about services',
    owner: 'sofia',
    purposes: [{ purpose: 'To tell people about services', basis: 'consent' }],
    persons: ['clients', 'prospects'],
    data: [
      ['contact', 'consent-withdrawn'],
      ['preference', 'consent-withdrawn'],
    ],
    recipients: [{ recipient: 'Provider of the mail service' }],
    processors: ['nordlicht'],
    systems: ['console-1'],
    noDpia: 'A few messages a year, to those who asked for them.',
    reviewed: 380,
    next: -16,
    measures: ordinary,
  },
];

export type Parties = { controller: string; dpo: string };

/** Who answers for the processing, and whom people and the authority turn to. */
export async function keepParties(keeper: Keeper): Promise<Parties> {
  const place = { country: 'DE', address: 'Speicherstraße 12, 20457 Hamburg' };
  const by = 'sofia';
  const controller = await keeper.keep('party', 'Sample Custodian GmbH', [
    {
      by,
      facts: { ...place, role: 'controller', name: 'Sample Custodian GmbH', code: 'HRB 000000' },
      texts: { contact: 'privacy@custodian.example, +49 40 0000000' },
    },
  ]);
  const dpo = await keeper.keep('party', 'Vera Sandoval', [
    {
      by,
      facts: { ...place, role: 'dpo' },
      texts: { name: 'Vera Sandoval', contact: 'dpo@custodian.example, +49 40 0000017' },
    },
  ]);
  return { controller, dpo };
}

export async function keepActivities(
  keeper: Keeper,
  {
    parties,
    transfers,
    processors,
    systems,
  }: { parties: Parties; transfers: Ids; processors: Ids; systems: Ids },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const sample of samples) {
    const { name, owner, purposes, persons, data, recipients, noDpia, reviewed, next } = sample;
    const texts: Texts = {
      measures: sample.measures,
      ...(noDpia === null ? {} : { 'dpia-reason': noDpia }),
    };
    const facts = {
      name,
      state: 'active',
      owner: keeper.person(owner),
      ...parties,
      purposes,
      persons,
      data: data.map(([category, retention, limit]) => ({
        category,
        retention,
        limit: limit ?? null,
      })),
      recipients,
      transfers: (sample.transfers ?? []).map((key) => idIn(transfers, key)),
      processors: (sample.processors ?? []).map((key) => idIn(processors, key)),
      systems: sample.systems.map((code) => idIn(systems, code)),
      automated: 'no',
      dpiaNeed: noDpia === null ? 'needed' : 'not-needed',
      reviewedOn: dayAgo(reviewed, keeper.context),
      reviewOn: dayAgo(-next, keeper.context),
    };
    ids.set(sample.key, await keeper.keep('activity', name, [{ by: 'sofia', facts, texts }]));
  }
  return ids;
}
