import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { planOf } from '#lib/privacy/erasure/plan.ts';
import { erasureStates } from '#lib/privacy/erasure/phases.ts';
import type { CarriedView } from '#lib/privacy/erasure/view-erasure.ts';
import { ErasurePlanSection } from './erasure-plan.tsx';

it('the plan of an erasure shows what other systems keep, by which law and until when', () => {
  const systems = {
    ledger: 10,
    operations: 2,
    destinations: 1,
    statements: 4,
    registers: 0,
    incidents: 0,
    corrections: 0,
    restrictions: 0,
    consents: 0,
    stops: 0,
    breaches: 0,
    files: 0,
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

it('a proof names how many rows of which table could not be read, and says nothing of it where there are none', () => {
  const carried: CarriedView = {
    state: 'proved',
    stateWords: erasureStates.proved,
    isOpen: false,
    left: null,
    scope: 'whole',
    steps: [],
    gone: { values: 1, hashes: 1, texts: 0, keptTexts: 0 },
    receipt: { places: 1, rootBefore: 1, rootAfter: 2 },
    proof: {
      unreadable: 1,
      witness: 'ab'.repeat(32),
      found: [],
      tables: 1,
      rows: 1,
      sealed: 1,
      unread: [],
      journals: 0,
      accounts: 0,
    },
  };
  const shown = (unopened: { where: string; count: number }[]) =>
    renderToStaticMarkup(
      <ErasurePlanSection
        view={{
          plan: null,
          toPropose: null,
          carried: { ...carried, proof: carried.proof && { ...carried.proof, unopened } },
          comesBack: null,
        }}
      />,
    );
  expect(shown([{ where: 'break_note', count: 2 }])).toContain('break_note (2 rows)');
  expect(shown([])).not.toContain('could not be read');
});
