/** Assets and risks of the sample organisation. */
import { dayAgo } from '../sample-times.ts';
import { idIn, type Ids } from './contracts.ts';
import type { Keeper, Version } from './keeper.ts';

type SampleAsset = {
  code: string;
  name: string;
  type: string;
  location: string;
  classification: string;
  critical: boolean;
  exposure: string;
  functions?: readonly string[];
  contracts?: readonly string[];
  dependsOn?: readonly string[];
  owner: string;
  legacy?: boolean;
  /** Days until regular support ends. */
  supported?: number;
};

const assets: readonly SampleAsset[] = [
  {
    code: 'hall-1',
    name: 'Cage in the first hall',
    type: 'site',
    location: 'Frankfurt',
    classification: 'secret',
    critical: true,
    exposure: 'none',
    functions: ['F1'],
    contracts: ['HR-2023-041'],
    owner: 'ines',
  },
  {
    code: 'db-1',
    name: 'Database of the console',
    type: 'software',
    location: 'Nordlicht, zone DE-2',
    classification: 'confidential',
    critical: true,
    exposure: 'none',
    functions: ['F2', 'F3', 'F4'],
    contracts: ['NC-2024-017'],
    owner: 'ada',
    supported: 720,
  },
  {
    code: 'console-1',
    name: 'Console of the operators',
    type: 'software',
    location: 'Nordlicht, zone DE-2',
    classification: 'confidential',
    critical: true,
    exposure: 'restricted',
    functions: ['F1', 'F2'],
    contracts: ['NC-2024-017'],
    dependsOn: ['db-1'],
    owner: 'ada',
  },
  {
    code: 'share-custody',
    name: 'Store of the key shares of Custody',
    type: 'key-store',
    location: 'Hall 1, cage 7',
    classification: 'secret',
    critical: true,
    exposure: 'none',
    functions: ['F1'],
    dependsOn: ['hall-1'],
    owner: 'ines',
    supported: 55,
  },
  {
    code: 'share-control',
    name: 'Store of the key shares of Control',
    type: 'key-store',
    location: 'Nordlicht, zone DE-4',
    classification: 'secret',
    critical: true,
    exposure: 'none',
    functions: ['F1'],
    contracts: ['NC-2024-017'],
    owner: 'marek',
    supported: 400,
  },
  {
    code: 'node-1',
    name: 'Nodes of the chains',
    type: 'service',
    location: 'Brightwater, Dublin',
    classification: 'internal',
    critical: true,
    exposure: 'internet',
    functions: ['F2', 'F4'],
    contracts: ['BW-2025-003'],
    owner: 'marek',
  },
  {
    code: 'directory-1',
    name: 'Directory of staff',
    type: 'service',
    location: 'Kestrel, Paris',
    classification: 'confidential',
    critical: true,
    exposure: 'internet',
    functions: ['F5'],
    contracts: ['KI-2024-022'],
    owner: 'ada',
  },
  {
    code: 'backup-1',
    name: 'Backups kept apart',
    type: 'data',
    location: 'Fjord, Bergen',
    classification: 'confidential',
    critical: true,
    exposure: 'none',
    functions: ['F3'],
    contracts: ['FL-2024-030'],
    dependsOn: ['db-1'],
    owner: 'lena',
  },
  {
    code: 'payroll-1',
    name: 'Payroll server in the office',
    type: 'hardware',
    location: 'Office, room 0.14',
    classification: 'confidential',
    critical: false,
    exposure: 'none',
    functions: ['F8'],
    owner: 'sofia',
    legacy: true,
    supported: -40,
  },
];

export async function keepAssets(
  keeper: Keeper,
  functions: Ids,
  contracts: Ids,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const asset of assets) {
    const { code, functions: served = [], contracts: under = [], dependsOn = [] } = asset;
    ids.set(
      code,
      await keeper.keep('asset', code, [
        {
          facts: {
            code,
            name: asset.name,
            type: asset.type,
            location: asset.location,
            classification: asset.classification,
            critical: asset.critical ? 'critical' : 'not-critical',
            owner: keeper.person(asset.owner),
            functions: served.map((id) => idIn(functions, id)),
            contracts: under.map((id) => idIn(contracts, id)),
            dependsOn: dependsOn.map((id) => idIn(ids, id)),
            exposure: asset.exposure,
            legacy: asset.legacy ?? false,
            supportEndsOn:
              asset.supported === undefined ? null : dayAgo(-asset.supported, keeper.context),
          },
        },
      ]),
    );
  }
  return ids;
}

type SampleRisk = {
  title: string;
  category: 'ict' | 'market-abuse' | 'operational' | 'custodial';
  description: string;
  plan: string;
  inherent: [likelihood: number, impact: number];
  residual: [likelihood: number, impact: number];
  appetite: number;
  treatment: 'mitigate' | 'accept' | 'transfer' | 'avoid';
  owner: string;
  functions: readonly string[];
  /** Days since the last review, and until the next. */
  reviewed: number;
  next: number;
  accepted?: string;
};

const risks: readonly SampleRisk[] = [
  {
    title: 'A key share is lost or destroyed',
    category: 'custodial',
    description: 'Fire or failure of a hall destroys the share of one party.',
    plan: 'Three parties of which two sign; refresh and replacement are drilled each quarter.',
    inherent: [3, 5],
    residual: [1, 5],
    appetite: 6,
    treatment: 'mitigate',
    owner: 'ines',
    functions: ['F1'],
    reviewed: 60,
    next: 300,
  },
  {
    title: 'Two parties collude to move assets',
    category: 'custodial',
    description: 'Insiders of two groups approve and sign what no client asked for.',
    plan: 'Four eyes across groups, policy in every party, and limits by day.',
    inherent: [3, 5],
    residual: [1, 5],
    appetite: 6,
    treatment: 'mitigate',
    owner: 'marek',
    functions: ['F1', 'F2'],
    reviewed: 60,
    next: 300,
  },
  {
    title: 'The cloud of the console fails for days',
    category: 'ict',
    description: 'Zone and region of Nordlicht fail together; nobody can raise or approve.',
    plan: 'Second region in cold reserve; the restore is drilled monthly.',
    inherent: [3, 5],
    residual: [2, 4],
    appetite: 6,
    treatment: 'mitigate',
    owner: 'ada',
    functions: ['F1', 'F2', 'F3'],
    reviewed: 45,
    next: 20,
  },
  {
    title: 'Halden stands behind several critical contracts',
    category: 'ict',
    description: 'The hall holds key shares and is the subcontractor of the cloud.',
    plan: 'A second hall in another town is under contract from next year.',
    inherent: [3, 4],
    residual: [2, 4],
    appetite: 6,
    treatment: 'accept',
    owner: 'ines',
    functions: ['F1'],
    reviewed: 30,
    next: 300,
    accepted: 'No other hall in reach passes the audit; the second one comes next year.',
  },
  {
    title: 'Ransomware on the office network',
    category: 'ict',
    description: 'A workstation is taken over by mail and spreads in the office.',
    plan: 'Console reachable by hardware key only; offices hold no client data.',
    inherent: [4, 4],
    residual: [3, 2],
    appetite: 8,
    treatment: 'mitigate',
    owner: 'ada',
    functions: ['F5', 'F7'],
    reviewed: 100,
    next: 260,
  },
  {
    title: 'Nodes serve a fork or lag behind',
    category: 'ict',
    description: 'A balance or a fee is read from a chain that the others do not follow.',
    plan: 'Two sources for each chain; a difference holds withdrawals.',
    inherent: [4, 4],
    residual: [2, 3],
    appetite: 8,
    treatment: 'mitigate',
    owner: 'marek',
    functions: ['F2', 'F4'],
    reviewed: 200,
    next: 160,
  },
  {
    title: 'Legacy payroll server without support',
    category: 'ict',
    description: 'Nobody mends faults of its system any more.',
    plan: 'Replaced by a service within the year; no network but its own.',
    inherent: [4, 3],
    residual: [3, 3],
    appetite: 6,
    treatment: 'avoid',
    owner: 'sofia',
    functions: ['F8'],
    reviewed: 380,
    next: -15,
  },
  {
    title: 'Staff trade ahead of large transfers',
    category: 'market-abuse',
    description: 'Whoever sees a large withdrawal coming trades on it.',
    plan: 'Dealing rules, declared accounts, need-to-know in the queue.',
    inherent: [3, 4],
    residual: [2, 3],
    appetite: 6,
    treatment: 'mitigate',
    owner: 'sofia',
    functions: ['F2'],
    reviewed: 150,
    next: 215,
  },
  {
    title: 'A payment goes to a changed address',
    category: 'operational',
    description: 'A client’s mailbox is taken over and a new address is sent in.',
    plan: 'Address book with call-back, quarantine and a second channel.',
    inherent: [4, 4],
    residual: [2, 4],
    appetite: 8,
    treatment: 'mitigate',
    owner: 'lena',
    functions: ['F2'],
    reviewed: 80,
    next: 280,
  },
  {
    title: 'Key people are away at the same time',
    category: 'operational',
    description: 'Illness or a strike leaves a group without its quorum.',
    plan: 'Deputies in every group; recovery group in another town.',
    inherent: [3, 4],
    residual: [2, 2],
    appetite: 6,
    treatment: 'mitigate',
    owner: 'sofia',
    functions: ['F1', 'F2'],
    reviewed: 90,
    next: 270,
  },
];

function riskVersions(risk: SampleRisk, keeper: Keeper, functions: Ids): Version[] {
  const { inherent, residual, appetite, treatment, owner, category, accepted } = risk;
  const rating = ([likelihood, impact]: [number, number]) => ({ likelihood, impact });
  const open = {
    category,
    state: 'open',
    inherent: rating(inherent),
    residual: rating(residual),
    appetite,
    treatment,
    owner: keeper.person(owner),
    reviewedOn: dayAgo(risk.reviewed, keeper.context),
    reviewOn: dayAgo(-risk.next, keeper.context),
    functions: risk.functions.map((id) => idIn(functions, id)),
  };
  const texts = {
    title: risk.title,
    description: risk.description,
    'treatment-plan': risk.plan,
  };
  if (accepted === undefined) return [{ facts: open, texts }];
  // Whoever accepts a risk saves that themselves.
  const by = keeper.person('sofia');
  const acceptedOn = dayAgo(risk.reviewed, keeper.context);
  return [
    { facts: open, texts },
    {
      by: 'sofia',
      facts: { ...open, state: 'accepted', acceptedBy: by, acceptedOn },
      texts: { acceptance: accepted },
    },
  ];
}

export async function keepRisks(keeper: Keeper, functions: Ids): Promise<void> {
  for (const risk of risks)
    await keeper.keep('risk', risk.title, riskVersions(risk, keeper, functions));
}
