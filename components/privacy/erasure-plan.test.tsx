import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { planOf } from '#lib/privacy/erasure/plan.ts';
import { ErasurePlanSection } from './erasure-plan.tsx';

it('the plan of an erasure shows what other systems keep, by which law and until when', () => {
  const systems = {
    ledger: 10,
    operations: 2,
    destinations: 1,
    statements: 4,
    registers: 0,
    incidents: 0,
  };
  const client = 'C-70001';
  const held = {
    person: 'ps-aaaaaaaaaaaaaaaa',
    roles: ['client' as const],
    values: [{ field: 'email', versions: 1 }],
    hashes: 1,
    texts: 0,
    looks: 0,
    requests: 1,
    ties: 1,
    acts: 0,
    access: 0,
    packages: 0,
    ownClients: [client],
    systems,
  };
  const facts = {
    ties: [],
    clients: [{ client, lastRecordOn: '2026-01-31', openOperations: 0 }],
    operator: null,
    openRequests: [],
    holds: [],
    openCorrections: 0,
  };
  const plan = planOf(held, facts, { right: 'erasure', today: '2026-11-29' });
  const text = renderToStaticMarkup(
    <ErasurePlanSection view={{ plan, toPropose: plan.digest, carried: null, comesBack: null }} />,
  );
  for (const said of ['Ledger', 'Destinations', 'Statements of position', 'Article 68(9)', '2031'])
    expect([said, text.includes(said)]).toEqual([said, true]);
  expect(text).not.toContain('Registers of clients');
  expect(text).not.toContain('everything goes');
});
