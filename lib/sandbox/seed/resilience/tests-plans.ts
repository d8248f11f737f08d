/** The testing programme, and continuity plans with their tests, of the sample organisation. */
import { dayAgo } from '../sample-times.ts';
import { idIn, type Ids } from './contracts.ts';
import type { Keeper, Version } from './keeper.ts';

type SampleTest = {
  title: string;
  type: string;
  tester: string;
  isExternal: boolean;
  functions?: readonly string[];
  assets?: readonly string[];
  /** Days since it was planned for; negative for one that lies ahead. */
  planned: number;
  /** Null for one that was not held yet. */
  done: null | { days: number; result: string; outcome: string };
  scope?: string;
};

const office = 'Aurelia Sicherheit AG';

const tests: readonly SampleTest[] = [
  {
    title: 'Penetration test of the console',
    type: 'penetration-test',
    tester: 'Rotfuchs Pentest GmbH',
    isExternal: true,
    functions: ['F1', 'F2'],
    assets: ['console-1', 'db-1'],
    planned: 75,
    done: {
      days: 72,
      result: 'passed-with-findings',
      outcome: 'Two findings: one high, one medium. No way to client assets.',
    },
    scope: 'Sign-in, approvals, uploads and the way to the parties.',
  },
  {
    title: 'Weekly vulnerability scan, newest',
    type: 'vulnerability-scan',
    tester: office,
    isExternal: true,
    assets: ['console-1', 'db-1', 'directory-1'],
    planned: 4,
    done: { days: 4, result: 'passed', outcome: 'Nothing above low.' },
  },
  {
    title: 'Switch to the second region',
    type: 'scenario-test',
    tester: 'Operations, with the auditor watching',
    isExternal: false,
    functions: ['F2', 'F3', 'F4'],
    assets: ['db-1', 'backup-1', 'node-1'],
    planned: 140,
    done: { days: 140, result: 'passed', outcome: 'Back after 2 h 40 min; no data were lost.' },
  },
  {
    title: 'Review of the stores of key shares',
    type: 'physical-review',
    tester: 'Kohlbach Revision GmbH',
    isExternal: true,
    functions: ['F1'],
    assets: ['hall-1', 'share-custody', 'share-control'],
    planned: 190,
    done: { days: 188, result: 'passed', outcome: 'Access, seals and records are in order.' },
  },
  {
    title: 'Source code review of the signing parties',
    type: 'source-code-review',
    tester: 'Rotfuchs Pentest GmbH',
    isExternal: true,
    functions: ['F1'],
    planned: 12,
    done: null,
  },
  {
    title: 'End-to-end test of withdrawals on the second node',
    type: 'end-to-end',
    tester: 'Operations',
    isExternal: false,
    functions: ['F2'],
    assets: ['node-1'],
    planned: -24,
    done: null,
  },
  {
    title: 'Gap analysis of access rights',
    type: 'gap-analysis',
    tester: 'Kohlbach Revision GmbH',
    isExternal: true,
    functions: ['F6'],
    planned: -70,
    done: null,
  },
  {
    title: 'Threat-led penetration test',
    type: 'tlpt',
    tester: 'Rotfuchs Pentest GmbH',
    isExternal: true,
    functions: ['F1', 'F2', 'F3'],
    planned: -200,
    done: null,
    scope: 'Live systems, under the framework of the authority.',
  },
];

export async function keepTests(
  keeper: Keeper,
  functions: Ids,
  assets: Ids,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const test of tests) {
    ids.set(
      test.title,
      await keeper.keep('test', test.title, testVersions(test, keeper, functions, assets)),
    );
  }
  return ids;
}

function testVersions(test: SampleTest, keeper: Keeper, functions: Ids, assets: Ids): Version[] {
  const { title, type, tester, isExternal, planned, done, scope } = test;
  const facts = {
    type,
    state: done ? 'done' : 'planned',
    functions: (test.functions ?? []).map((id) => idIn(functions, id)),
    assets: (test.assets ?? []).map((id) => idIn(assets, id)),
    independence: isExternal ? 'external' : 'internal-independent',
    plannedOn: dayAgo(planned, keeper.context),
    doneOn: done && dayAgo(done.days, keeper.context),
    result: done && done.result,
  };
  const texts = {
    title,
    tester,
    ...(scope === undefined ? {} : { scope }),
    ...(done ? { outcome: done.outcome } : {}),
  };
  if (!done) return [{ facts, texts }];
  // Another person than the one who wrote the report down approves it.
  return [
    { facts, texts },
    { by: 'sofia', facts: { ...facts, approvedBy: keeper.person('sofia') } },
  ];
}

type SamplePlan = {
  name: string;
  type: string;
  functions: readonly string[];
  scenarios: readonly string[];
  hours: [rto: number, rpo: number];
  approved: number;
  texts: Readonly<Record<string, string>>;
  tests: readonly {
    title: string;
    state: 'planned' | 'passed' | 'partly';
    scenarios: readonly string[];
    planned: number;
    minutes?: [planned: number, actual: number];
    deviation?: string;
    /** A drill that people hold by hand in production. */
    drillKind?: 'signer-loss' | 'console-loss';
  }[];
};

const plans: readonly SamplePlan[] = [
  {
    name: 'Loss of a hall or a region',
    type: 'continuity',
    functions: ['F1', 'F2', 'F3', 'F4'],
    scenarios: ['a', 'b', 'c', 'i'],
    hours: [4, 1],
    approved: 130,
    texts: {
      activation: 'Two signing parties or the console answer nothing for fifteen minutes.',
      procedure:
        'Freeze, restore in the second region, compare with the chains, thaw with two keys.',
      communication:
        'Clients by the portal and mail within the hour; the authority by the incident desk.',
      deactivation: 'When both halls have answered for a day.',
    },
    tests: [
      {
        title: 'Restore of the database beside the live one',
        state: 'passed',
        scenarios: ['a', 'c'],
        planned: 35,
        minutes: [240, 52],
      },
      {
        title: 'Switch to the second region with all groups',
        state: 'partly',
        scenarios: ['b', 'c'],
        planned: 140,
        minutes: [150, 160],
        deviation: 'The name service took ten minutes longer than planned to follow.',
      },
      {
        title: 'Loss of the party of Custody',
        state: 'planned',
        scenarios: ['b', 'd'],
        planned: -33,
        drillKind: 'signer-loss',
      },
    ],
  },
  {
    name: 'Sign-in of staff fails',
    type: 'response',
    functions: ['F5'],
    scenarios: ['a', 'd'],
    hours: [8, 24],
    approved: 200,
    texts: {
      activation: 'The directory answers nothing, or is not to be trusted.',
      procedure: 'Hardware keys work without the directory; administrators meet in the office.',
      communication: 'By telephone along the list on paper.',
    },
    tests: [
      {
        title: 'A day without the directory',
        state: 'passed',
        scenarios: ['d'],
        planned: 180,
        minutes: [480, 95],
      },
    ],
  },
  {
    name: 'Communication in a crisis',
    type: 'crisis-communication',
    functions: ['F1', 'F2', 'F7'],
    scenarios: ['a', 'e', 'f', 'g', 'h'],
    hours: [2, 24],
    approved: 160,
    texts: {
      activation: 'A major incident, or the press asks before we speak.',
      procedure: 'One voice; texts are kept ready for the ten likeliest cases.',
      communication: 'Clients first, then the authority, then the public.',
    },
    tests: [
      {
        title: 'Table exercise: assets are said to be lost',
        state: 'planned',
        scenarios: ['g'],
        planned: 9,
      },
    ],
  },
];

function planVersions(plan: SamplePlan, keeper: Keeper, functions: Ids): Version[] {
  const { name, type, scenarios, hours, approved, texts } = plan;
  const draft = {
    name,
    type,
    state: 'draft',
    functions: plan.functions.map((id) => idIn(functions, id)),
    scenarios,
    rtoHours: hours[0],
    rpoHours: hours[1],
    nextReviewOn: dayAgo(approved - 360, keeper.context),
  };
  return [
    { by: 'ada', facts: draft, texts },
    // Another person than the one who wrote it approves it.
    {
      by: 'sofia',
      facts: {
        ...draft,
        state: 'approved',
        approvedBy: keeper.person('sofia'),
        approvedOn: dayAgo(approved, keeper.context),
      },
    },
  ];
}

export async function keepPlans(keeper: Keeper, functions: Ids): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const plan of plans) {
    const id = await keeper.keep('plan', plan.name, planVersions(plan, keeper, functions));
    for (const { title, state, scenarios, planned, minutes, deviation, ...more } of plan.tests) {
      const day = dayAgo(planned, keeper.context);
      const isHeld = state !== 'planned';
      ids.set(
        title,
        await keeper.keep('plan-test', title, [
          {
            facts: {
              plan: id,
              state,
              scenarios,
              plannedOn: day,
              doneOn: isHeld ? day : null,
              plannedRtoMinutes: minutes?.[0] ?? null,
              actualRtoMinutes: minutes?.[1] ?? null,
              drillKind: more.drillKind ?? null,
              reportedOn: isHeld ? dayAgo(planned - 5, keeper.context) : null,
            },
            texts: { title, ...(deviation === undefined ? {} : { deviation }) },
          },
        ]),
      );
    }
  }
  return ids;
}
