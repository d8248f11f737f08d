/** A register of years, put into a database by its owner through the rules, the guards and the projections. */
import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/platform/db/client.ts';
import { daysAfter } from '../days.ts';
import { insertVersions, type NewVersion } from '../records/insert-versions.ts';
import type { Texts } from '../records/kind-rules.ts';
import type { Kind } from '../records/kinds.ts';
import { lockRecords } from '../records/lock-records.ts';
import { rulesFor } from '../records/rules-of.ts';
import {
  assessmentSample,
  assetSample,
  contractSample,
  entitySample,
  findingSample,
  functionSample,
  leiOf,
  planSample,
  planTestSample,
  providerSample,
  riskSample,
  sampleUse,
  testSample,
} from './samples.ts';

/** How many of each kind; one entity besides. */
export type Size = {
  providers: number;
  functions: number;
  contracts: number;
  assets: number;
  risks: number;
  findings: number;
  tests: number;
  plans: number;
  planTests: number;
};

/** Versions in one transaction. */
const atOnce = 500;

type Given = { facts: object; texts?: Texts };

/**
 * Writes records as somebody would save them, each by its kind's own rules: every second function is critical, and
 * each contract serves two of them, with a chain of three ranks and two assessments.
 * @param by person id.
 * @returns ids by kind, in the order of their numbers.
 */
export async function fillRecords(
  owner: Database,
  { size, by, at }: { size: Size; by: string; at: Date },
): Promise<Record<'functions' | 'contracts', string[]>> {
  const today = at.toISOString().slice(0, 10);
  const write = (kind: Kind, count: number, make: (n: number) => Given) =>
    writeAll(
      owner,
      kind,
      { by, at },
      Array.from({ length: count }, (_, index) => make(index)),
    );
  await write('entity', 1, () => ({
    facts: entitySample,
    texts: { 'definition.c0010': 'A contract that stands alone.' },
  }));
  const functions = await write('function', size.functions, (n) => ({
    facts: {
      ...functionSample,
      id: `F${n + 1}`,
      name: `Function ${n + 1}`,
      critical: n % 2 === 0 ? 'eba_BT:x28' : 'eba_BT:x29',
    },
    texts: { reason: 'Clients’ keys depend on it.' },
  }));
  const groups = Math.ceil(size.providers / 5);
  const providerOf = (n: number, parent: string | null): Given => ({
    facts: { ...providerSample, code: leiOf(1_000 + n), name: `Provider ${n}`, parent },
  });
  const parents = await write('provider', groups, (n) => providerOf(n, null));
  const children = await write('provider', size.providers - groups, (n) =>
    providerOf(groups + n, parents[n % groups] ?? null),
  );
  const providers = [...parents, ...children];
  const of = (ids: readonly string[], n: number): string => ids[n % ids.length] ?? '';
  const contracts = await write('contract', size.contracts, (n) =>
    contractOf(
      n,
      [0, 1, 2].map((more) => of(providers, n * 3 + more)),
      [of(functions, n), of(functions, n + 1)],
    ),
  );
  await write('asset', size.assets, (n) => ({
    facts: { ...assetSample, code: `host-${n}`, name: `Host ${n}`, functions: [of(functions, n)] },
  }));
  await write('risk', size.risks, (n) => ({
    facts: {
      ...riskSample(by),
      inherent: { likelihood: 5, impact: 5 },
      residual: { likelihood: 1 + (n % 5), impact: 1 + (Math.floor(n / 5) % 5) },
      state: n % 4 === 0 ? 'closed' : 'open',
      functions: [of(functions, n)],
      reviewOn: daysAfter(today, (n % 700) - 60),
    },
    texts: { title: `Risk ${n}`, description: 'What may happen. '.repeat(8) },
  }));
  await write('finding', size.findings, (n) => ({
    facts: {
      ...findingSample,
      severity: ['critical', 'high', 'medium', 'low'][n % 4],
      foundOn: daysAfter(today, -(n % 1_800)),
      functions: [of(functions, n)],
      // One in twenty is still open.
      ...(n % 20 === 0
        ? {}
        : {
            state: 'validated',
            remediedOn: daysAfter(today, -(n % 1_800)),
            remediedBy: by,
            validatedOn: today,
            validatedBy: by,
          }),
    },
    texts: { title: `Finding ${n}`, description: 'What was found. '.repeat(8) },
  }));
  const isPlanned = (n: number) => n % 20 === 0;
  await write('test', size.tests, (n) => ({
    facts: {
      ...testSample(of(functions, n)),
      type: n % 2 === 0 ? 'vulnerability-scan' : 'penetration-test',
      plannedOn: daysAfter(today, isPlanned(n) ? n % 300 : -(n % 1_800) - 1),
      ...(isPlanned(n)
        ? {}
        : { state: 'done', doneOn: daysAfter(today, -(n % 1_800)), result: 'passed' }),
    },
    texts: { title: `Test ${n}`, tester: 'Red team', outcome: 'Nothing of weight.' },
  }));
  const plans = await write('plan', size.plans, (n) => ({
    facts: { ...planSample(of(functions, n)), name: `Plan ${n}` },
    texts: { activation: 'After an hour without service.' },
  }));
  await write('plan-test', size.planTests, (n) => ({
    facts: planTestSample(of(plans, n)),
    texts: { title: `Test of plan ${n}` },
  }));
  await owner.$executeRaw`vacuum analyze`;
  return { functions, contracts };
}

function contractOf(n: number, providers: readonly string[], functions: readonly string[]): Given {
  const [first = '', second = '', third = ''] = providers;
  const service = 'eba_TA:S17';
  return {
    facts: {
      ...contractSample(first, functions[0] ?? ''),
      reference: `C-${n + 1}`,
      name: `Contract ${n + 1}`,
      uses: functions.map((served) => sampleUse(first, served)),
      chain: [
        { service, provider: first, rank: 1 },
        { service, provider: second, rank: 2, recipient: first },
        { service, provider: third, rank: 3, recipient: second },
      ],
      assessments: [assessmentSample(first), assessmentSample(second)],
    },
    texts: n % 3 === 0 ? {} : { 'exit-triggers': 'A week without service.' },
  };
}

async function writeAll(
  owner: Database,
  kind: Kind,
  { by, at }: { by: string; at: Date },
  given: readonly Given[],
): Promise<string[]> {
  const rules = rulesFor(kind);
  const all = given.map(({ facts, texts = {} }): NewVersion => ({
    kind,
    id: randomUUID(),
    before: null,
    facts: rules.facts.parse(facts),
    written: texts,
    retired: false,
    by,
    at,
  }));
  for (let from = 0; from < all.length; from += atOnce)
    await owner.$transaction(
      async (tx) => {
        await lockRecords(tx);
        await insertVersions(tx, all.slice(from, from + atOnce));
      },
      { timeout: 120_000, maxWait: 20_000 },
    );
  return all.map(({ id }) => id);
}
