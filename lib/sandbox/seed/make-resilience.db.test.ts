import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkPackage, isBlocking } from '#lib/resilience/roi/check-package.ts';
import { writePackage } from '#lib/resilience/roi/write-package.ts';
import { withRegisterSource } from '#lib/resilience/records/register-source.ts';
import { frameworkFigures } from '#lib/resilience/records/view-framework.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeResilience } from './make-resilience.ts';

let workplace: Workplace;
const folder = mkdtempSync(join(tmpdir(), 'countersign-sample-register-'));
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await workplace.close();
});

it('the sample organisation has records of every kind, made once, and its register would be taken', async () => {
  const { team, context, owner } = workplace;
  const make = async () => {
    await makeResilience(team, { ...context, log: () => undefined });
    return owner.resilienceVersion.count();
  };
  const versions = await make();
  expect(await make()).toBe(versions);
  const rows = await owner.resilienceCurrent.groupBy({ by: ['kind'], _count: true });
  expect(Object.fromEntries(rows.map((row) => [row.kind, row._count]))).toEqual({
    entity: 1,
    function: 8,
    provider: 12,
    contract: 8,
    asset: 9,
    risk: 10,
    test: 8,
    plan: 3,
    'plan-test': 5,
    finding: 5,
  });
  const path = join(folder, 'register.zip');
  await withRegisterSource(context.db, '2026-12-31', async (source) => {
    if (source.entity === null) throw new Error('The sample has no entity.');
    const { lei, country, currency } = source.entity;
    return writePackage(path, {
      lei,
      country,
      currency: currency ?? 'EUR',
      scope: 'IND',
      period: '2026-12-31',
      madeAt: context.clock(),
      source,
    });
  });
  expect((await checkPackage(path)).filter(isBlocking)).toEqual([]);
  // What is left open is what an honest house has left open: figures with nothing in them teach nobody.
  const { gaps, clauses, concentrations, completeness } = await frameworkFigures(context);
  expect(gaps.map(({ what }) => what).toSorted()).toEqual(['exit-plan']);
  expect(clauses).toHaveLength(2);
  expect(concentrations.length).toBeGreaterThan(0);
  for (const { template, asked, filled } of completeness)
    // A template without rows asks for nothing.
    expect(filled, template).toBeGreaterThanOrEqual(asked * 0.8);
});
