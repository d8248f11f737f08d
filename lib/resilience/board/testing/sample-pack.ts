/** A pack with something in every part, for tests. */
import { listMax, packType, type BoardPack } from '../pack.ts';

const mean = { minutes: 95, of: 4 };

export const samplePack: BoardPack = {
  type: packType,
  organisation: 'sample-custodian',
  environment: 'sandbox',
  quarter: '2026-Q3',
  from: '2026-07-01',
  until: '2026-09-30',
  asOf: '2026-10-02T08:00:00.000Z',
  incidents: {
    noticed: 12,
    major: 1,
    byCause: [
      { cause: 'human_error', count: 8 },
      { cause: 'unknown', count: 4 },
    ],
    means: { detect: mean, classify: mean, contain: mean, recover: null },
    openNow: 3,
    openMajorNow: 1,
  },
  clocks: [{ clock: 'initial', kept: 2, missed: 1 }],
  tests: {
    done: 2,
    failed: 1,
    planned: 3,
    overdue: 1,
    overdueList: [{ number: 'TS-2026-000001', type: 'tlpt', dueOn: '2026-08-01' }],
    doneList: [
      {
        number: 'TS-2026-000002',
        type: 'penetration-test',
        doneOn: '2026-07-10',
        result: 'failed',
        findings: 2,
      },
    ],
    findings: [{ severity: 'high', found: 2, open: 2, overdue: 1 }],
  },
  thirdParties: {
    providers: 7,
    contracts: 9,
    criticalContracts: 4,
    concentrations: 60,
    concentrationList: Array.from({ length: listMax }, (_, place) => ({
      kind: 'third-country',
      article: 'DORA 29(2)',
      provider: `PV-2026-${String(place + 1).padStart(6, '0')}`,
      providerName: 'Cloud One B.V.',
      contracts: 1,
      detail: 'US',
    })),
    contractsLackingClauses: 2,
    clausesMissing: 5,
    exitPlansUntested: 1,
  },
  continuity: {
    plans: 3,
    approved: 2,
    reviewsOverdue: 0,
    testsOverdue: 0,
    tests: 1,
    testList: [
      {
        number: 'PT-2026-000001',
        plan: 'Loss of the data centre',
        doneOn: '2026-09-01',
        state: 'partly',
        plannedRtoMinutes: 240,
        actualRtoMinutes: 300,
        plannedRpoMinutes: 60,
        actualRpoMinutes: null,
      },
    ],
    objective: { rtoHours: 4, rpoHours: 1 },
    drills: 1,
    drillList: [
      {
        kind: 'restore',
        title: 'Restore of the database',
        endedAt: '2026-09-02T10:00:00.000Z',
        outcome: 'passed',
        rtoMs: 252_000,
        rpoMs: 1_000,
        digest: 'a'.repeat(64),
      },
    ],
    drillFaults: [
      { kind: 'signer-loss', why: 'overdue', title: 'Drill overdue', dueOn: '2026-09-03' },
    ],
  },
  risks: {
    open: 5,
    accepted: 1,
    overAppetite: 1,
    reviewsOverdue: 0,
    top: [
      {
        number: 'RK-2026-000001',
        category: 'custodial',
        score: 25,
        appetite: 6,
        state: 'open',
        reviewOn: '2027-01-01',
      },
    ],
  },
  register: [
    { template: 'B_01.01', name: 'Entity', asked: 3, filled: 2, missingRows: 1 },
    { template: 'B_01.03', name: 'Branches', asked: 0, filled: 0, missingRows: 0 },
  ],
  custody: {
    coverage: {
      closedAt: '2026-10-01T00:00:00.000Z',
      digest: 'b'.repeat(64),
      assets: [{ asset: 'BTC', owed: '10', there: '9.5', difference: '-0.5', cover: 'short' }],
    },
    cold: [{ asset: 'BTC', total: '9.5', share: 9_499, state: 'below' }],
  },
  functions: {
    critical: 2,
    lacking: 1,
    lackingList: [{ number: 'FN-2026-000001', name: 'Custody of keys', lacks: ['plan', 'test'] }],
  },
  duties: {
    overdue: [
      {
        id: 'register',
        what: 'Submission of the register',
        article: 'DORA 28(3)',
        dueOn: '2026-09-01',
      },
    ],
    unknown: [{ id: 'conflicts', what: 'Review of the policy', article: 'MiCA 72(4)' }],
  },
};
