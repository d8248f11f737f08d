/** Transfers and processors of the sample organisation. */
import type { Keeper } from '../resilience/keeper.ts';
import { idIn, type Ids } from '../resilience/contracts.ts';
import { dayAgo } from '../sample-times.ts';
import type { ThirdParties } from './third-parties.ts';

const exporter = 'Sample Custodian GmbH';
const by = 'sofia';

/** To the United States on clauses, to the United Kingdom on the decision. */
export async function keepTransfers(
  keeper: Keeper,
  { cascade, tamar }: ThirdParties,
): Promise<Map<string, string>> {
  const day = (days: number) => dayAgo(days, keeper.context);
  const common = {
    state: 'active',
    exporter,
    exporterRole: 'controller',
    importerRole: 'processor',
  };
  return new Map([
    [
      'cascade',
      await keeper.keep('transfer', 'Chain analytics in the United States', [
        {
          by,
          facts: {
            ...common,
            name: 'Chain analytics in the United States',
            importer: 'Cascade Chain Analytics Inc.',
            country: 'US',
            certified: false,
            data: ['chain-addresses', 'transactions'],
            tool: 'scc',
            module: '2',
            version: 'Implementing Decision (EU) 2021/914 of 4 June 2021',
            assessment: 'TIA-2025-004',
            assessedOn: day(420),
            startsOn: '2025-09-01',
            ...cascade,
            reviewOn: day(-120),
          },
          texts: {
            purpose: 'To see whether addresses are tied to theft, sanctions or fraud.',
            measures:
              'Addresses only, asked for through a relay without the name of a client; answers are kept here.',
            onward: 'None without leave; the terms name three processors in the United States.',
          },
        },
      ]),
    ],
    [
      'tamar',
      await keeper.keep('transfer', 'Screening in the United Kingdom', [
        {
          by,
          facts: {
            ...common,
            name: 'Screening in the United Kingdom',
            importer: 'Tamar Screening Ltd',
            country: 'GB',
            data: ['identity'],
            tool: 'adequacy',
            startsOn: '2025-11-01',
            ...tamar,
            reviewOn: day(-200),
          },
          texts: {
            purpose: 'To compare names of clients with lists of sanctions and public offices.',
            onward: 'To the United States on clauses of the provider; listed in its annex.',
          },
        },
      ]),
    ],
  ]);
}

const everyTerm = ['subject', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

type Sample = {
  key: string;
  name: string;
  contract: string;
  started: string;
  persons: readonly string[];
  data: readonly string[];
  subject: string;
  missing?: readonly string[];
};

/** One contract lacks terms on purpose. */
const samples: readonly Sample[] = [
  {
    key: 'nordlicht',
    name: 'Hosting of the console and its databases',
    contract: 'NC-2024-017',
    started: '2024-04-01',
    persons: ['clients', 'representatives', 'beneficial-owners', 'staff'],
    data: ['identity', 'contact', 'document', 'transactions', 'correspondence'],
    subject:
      'Runs the machines of the console; sees encrypted data only, for as long as the contract lasts.',
  },
  {
    key: 'kestrel',
    name: 'Directory of staff',
    contract: 'KI-2024-022',
    started: '2024-10-01',
    persons: ['staff'],
    data: ['identity', 'access-logs'],
    subject: 'Keeps the directory of staff and their sign-in.',
  },
  {
    key: 'osprey',
    name: 'Data on addresses',
    contract: 'OA-2025-014',
    started: '2025-07-01',
    persons: ['transfer-parties'],
    data: ['chain-addresses'],
    subject: 'Answers what is known of an address on a chain.',
    missing: ['f', 'h'],
  },
  {
    key: 'cascade',
    name: 'Chain analytics',
    contract: '',
    started: '2025-09-01',
    persons: ['clients', 'transfer-parties'],
    data: ['chain-addresses', 'transactions'],
    subject: 'Scores addresses and transactions for the monitoring of transfers.',
  },
  {
    key: 'tamar',
    name: 'Screening of names',
    contract: '',
    started: '2025-11-01',
    persons: ['clients', 'beneficial-owners'],
    data: ['identity'],
    subject: 'Compares names with lists of sanctions and public offices.',
  },
];

export async function keepProcessors(
  keeper: Keeper,
  { providers, contracts, abroad }: { providers: Ids; contracts: Ids; abroad: ThirdParties },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key, name, contract, started, persons, data, subject, missing = [] } of samples) {
    const tied =
      key === 'cascade' || key === 'tamar'
        ? abroad[key]
        : { provider: idIn(providers, key), contract: idIn(contracts, contract) };
    const facts = {
      name,
      state: 'active',
      ...tied,
      startsOn: started,
      persons,
      data,
      subProcessing: 'general',
      terms: everyTerm.filter((term) => !missing.includes(term)),
      termsAt: 'Annex on data protection',
      auditRight: !missing.includes('h'),
      auditedOn: dayAgo(200, keeper.context),
      reviewOn: dayAgo(-165, keeper.context),
    };
    const texts = { subject, security: 'Certificate of the provider, renewed yearly.' };
    ids.set(key, await keeper.keep('processor', name, [{ by, facts, texts }]));
  }
  return ids;
}
