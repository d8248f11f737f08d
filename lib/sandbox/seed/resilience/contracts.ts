/** Contracts of the sample organisation: critical ones with their chains, assessments, clauses and ways out. */
import { clauses, clauseText, exitTexts } from '#lib/resilience/kinds/contract-words.ts';
import { dayAgo } from '../sample-times.ts';
import type { Keeper, Texts } from './keeper.ts';
import { entityLei } from './register.ts';

/** Ids by the words that samples name things by. */
export type Ids = ReadonlyMap<string, string>;

export const idIn = (ids: Ids, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The sample has no ${key}.`);
  return id;
};

type Sample = {
  reference: string;
  name: string;
  provider: string;
  service: string;
  functions: readonly string[];
  expense: string;
  started: string;
  country: string;
  stores: boolean;
  /** Null for contracts that serve no critical function. */
  critical: null | {
    sensitivity: 'low' | 'medium' | 'high';
    reliance: 'low' | 'material' | 'full';
    substitutability: 'hard' | 'medium' | 'easy';
    alternatives: string;
    /** Days since the last audit, and since the last test of the exit plan. */
    audited: number;
    exitTested: number;
    /** Days until the next; negative for one that is overdue. */
    exitNext: number;
  };
  /** Who works for whom behind the provider, rank by rank. */
  behind?: readonly string[];
  missing?: readonly string[];
  overseer: string;
  /** Texts of the exit plan that nobody has written yet. */
  withoutExit?: readonly string[];
};

const samples: readonly Sample[] = [
  {
    reference: 'NC-2024-017',
    name: 'Cloud for the console and its databases',
    provider: 'nordlicht',
    service: 'eba_TA:S17',
    functions: ['F1', 'F2', 'F3'],
    expense: '412000',
    started: '2024-04-01',
    country: 'DE',
    stores: true,
    critical: {
      sensitivity: 'high',
      reliance: 'full',
      substitutability: 'hard',
      alternatives: 'Two other clouds of the Union',
      audited: 210,
      exitTested: 160,
      exitNext: 200,
    },
    behind: ['halden', 'marlin'],
    overseer: 'sofia',
  },
  {
    reference: 'BW-2025-003',
    name: 'Nodes of the chains',
    provider: 'brightwater',
    service: 'eba_TA:S19',
    functions: ['F2', 'F4'],
    expense: '148500.50',
    started: '2025-02-01',
    country: 'IE',
    stores: false,
    critical: {
      sensitivity: 'medium',
      reliance: 'material',
      substitutability: 'medium',
      alternatives: 'Nodes of our own, and two providers',
      audited: 300,
      exitTested: 390,
      exitNext: -25,
    },
    behind: ['brightwater-ops'],
    missing: ['30(3)(d)', '2025/532'],
    overseer: 'marek',
  },
  {
    reference: 'HR-2023-041',
    name: 'Cage for the stores of key shares',
    provider: 'halden',
    service: 'eba_TA:S07',
    functions: ['F1'],
    expense: '96000',
    started: '2023-09-01',
    country: 'DE',
    stores: true,
    critical: {
      sensitivity: 'high',
      reliance: 'full',
      substitutability: 'hard',
      alternatives: 'A second hall in another town',
      audited: 95,
      exitTested: 240,
      exitNext: 125,
    },
    behind: ['marlin'],
    overseer: 'ines',
  },
  {
    reference: 'AU-2025-009',
    name: 'Watch over logs and alarms',
    provider: 'aurelia',
    service: 'eba_TA:S04',
    functions: ['F1', 'F5'],
    expense: '87000',
    started: '2025-05-01',
    country: 'AT',
    stores: true,
    critical: {
      sensitivity: 'medium',
      reliance: 'material',
      substitutability: 'easy',
      alternatives: 'Several in the Union',
      audited: 150,
      exitTested: 150,
      exitNext: 215,
    },
    overseer: 'ada',
  },
  {
    reference: 'KI-2024-022',
    name: 'Directory of staff and their sign-in',
    provider: 'kestrel',
    service: 'eba_TA:S19',
    functions: ['F5'],
    expense: '31200',
    started: '2024-10-01',
    country: 'FR',
    stores: true,
    critical: {
      sensitivity: 'medium',
      reliance: 'material',
      substitutability: 'medium',
      alternatives: 'A directory of our own',
      audited: 260,
      exitTested: 260,
      exitNext: 60,
    },
    behind: ['nordlicht', 'halden', 'marlin'],
    overseer: 'ada',
    withoutExit: ['exit-data-return'],
  },
  {
    reference: 'LT-2022-008',
    name: 'Lines between the offices and the halls',
    provider: 'linden',
    service: 'eba_TA:S10',
    functions: ['F2', 'F4'],
    expense: '18900',
    started: '2022-03-01',
    country: 'DE',
    stores: false,
    critical: {
      sensitivity: 'low',
      reliance: 'low',
      substitutability: 'easy',
      alternatives: 'Every carrier on the site',
      audited: 330,
      exitTested: 200,
      exitNext: 165,
    },
    missing: ['30(2)(i)'],
    overseer: 'ada',
  },
  {
    reference: 'OA-2025-014',
    name: 'Data on addresses and transactions',
    provider: 'osprey',
    service: 'eba_TA:S05',
    functions: ['F6'],
    expense: '54000',
    started: '2025-07-01',
    country: 'NL',
    stores: false,
    critical: null,
    overseer: 'tomas',
  },
  {
    reference: 'FL-2024-030',
    name: 'Backups kept apart',
    provider: 'fjord',
    service: 'eba_TA:S09',
    functions: ['F3'],
    expense: '22400',
    started: '2024-11-01',
    country: 'NO',
    stores: true,
    critical: {
      sensitivity: 'high',
      reliance: 'low',
      substitutability: 'easy',
      alternatives: 'Three in the Union',
      audited: 180,
      exitTested: 180,
      exitNext: 185,
    },
    overseer: 'lena',
  },
];

const sensitivities = { low: 'eba_ZZ:x791', medium: 'eba_ZZ:x792', high: 'eba_ZZ:x793' } as const;
const reliances = { low: 'eba_ZZ:x795', material: 'eba_ZZ:x796', full: 'eba_ZZ:x797' } as const;
const substitutes = { hard: 'eba_ZZ:x960', medium: 'eba_ZZ:x961', easy: 'eba_ZZ:x962' } as const;
const backs = { hard: 'eba_ZZ:x966', medium: 'eba_ZZ:x966', easy: 'eba_ZZ:x798' } as const;

const exitPlan: Texts = {
  'exit-triggers':
    'Insolvency, two misses of a service level in a quarter, a change of the owner, or an instruction of the authority.',
  'exit-alternatives': 'Those of the assessment; offers are renewed each year.',
  'exit-transition':
    'Parallel running for a month, then the switch on a weekend with the second site in reserve. Ninety days in all.',
  'exit-data-return':
    'As encrypted archives in open formats within thirty days, then deletion with a certificate.',
};

function clauseFacts({ critical, missing = [] }: Sample) {
  return clauses
    .filter(({ asked }) => asked === 'all' || critical !== null)
    .map(({ id }, at) =>
      missing.includes(id)
        ? { id, answer: 'missing' }
        : { id, answer: 'met', at: `Section ${at + 2}` },
    );
}

function useOf(sample: Sample, served: string, providers: Ids, functions: Ids) {
  const { provider, service, started, country, stores, critical } = sample;
  return {
    provider: idIn(providers, provider),
    function: idIn(functions, served),
    service,
    startsOn: started,
    ...(critical && {
      noticeEntity: 90,
      noticeProvider: 180,
      law: 'DE',
      providedFrom: country,
      storesData: stores,
      dataAt: stores ? country : null,
      processedAt: country,
      sensitivity: sensitivities[critical.sensitivity],
      reliance: reliances[critical.reliance],
    }),
  };
}

function factsOf(sample: Sample, keeper: Keeper, providers: Ids, functions: Ids): object {
  const { reference, name, provider, service, expense, critical, behind = [], overseer } = sample;
  const chain = [provider, ...behind];
  const day = (days: number) => dayAgo(days, keeper.context);
  return {
    reference,
    name,
    type: 'eba_CO:x1',
    currency: 'EUR',
    expense,
    overseer: keeper.person(overseer),
    signatories: [entityLei],
    providerSignatories: [idIn(providers, provider)],
    users: [{}],
    uses: sample.functions.map((served) => useOf(sample, served, providers, functions)),
    chain: chain.map((one, at) => ({
      service,
      provider: idIn(providers, one),
      rank: at + 1,
      recipient: at === 0 ? null : idIn(providers, chain[at - 1] ?? ''),
    })),
    clauses: clauseFacts(sample),
    ...(critical && {
      assessments: [
        {
          provider: idIn(providers, provider),
          service,
          substitutability: substitutes[critical.substitutability],
          reason: critical.substitutability === 'hard' ? 'eba_ZZ:x964' : null,
          auditedOn: day(critical.audited),
          exitPlan: true,
          reintegration: backs[critical.substitutability],
          impact: sensitivities[critical.reliance === 'low' ? 'medium' : 'high'],
          alternatives: 'eba_BT:x28',
          which: critical.alternatives,
        },
      ],
      exitTests: [{ on: day(critical.exitTested), result: 'passed' }],
      nextExitTestOn: day(-critical.exitNext),
    }),
  };
}

function textsOf({ critical, missing = [], withoutExit = [] }: Sample): Texts {
  return {
    'before-signing':
      'Soundness, references, certificates, places of data and concentration; approved by the management.',
    monitoring: 'Service levels monthly, certificates yearly, incidents as they come.',
    ...Object.fromEntries(
      missing.map((id) => [clauseText(id), 'Asked for in the next round of the contract.']),
    ),
    ...(critical &&
      Object.fromEntries(
        Object.keys(exitTexts)
          .filter((field) => !withoutExit.includes(field))
          .map((field) => [field, exitPlan[field] ?? '']),
      )),
  };
}

export async function keepContracts(
  keeper: Keeper,
  providers: Ids,
  functions: Ids,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const sample of samples)
    ids.set(
      sample.reference,
      await keeper.keep('contract', sample.reference, [
        { facts: factsOf(sample, keeper, providers, functions), texts: textsOf(sample) },
      ]),
    );
  return ids;
}
