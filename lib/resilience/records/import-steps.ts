/** The steps of taking a register over, in the order in which records name one another. */
import type { ContractFacts } from '../kinds/contract.ts';
import { isNone } from '../register/cells.ts';
import {
  contractDraft,
  entityDraft,
  functionDraft,
  groupContracts,
  providerDraft,
} from '../register/drafts.ts';
import { orderByNeeds } from '../register/order.ts';
import { findContradictions } from '../register/said-twice.ts';
import {
  addFault,
  cell,
  inPieces,
  rowsByKey,
  writeDraft,
  type Numbered,
  type Run,
} from './import-run.ts';

/** Writes all that the rows say; after a step in which something is wrong the later ones are left. */
export async function takeOver(run: Run): Promise<void> {
  for (const step of [writeEntity, writeFunctions, writeProviders, writeContracts]) {
    if (run.faults.length > 0) return;
    await step(run);
  }
}

async function writeEntity(run: Run): Promise<void> {
  const rows = run.rows['B_01.01'] ?? [];
  if (rows.length > 1) {
    const place = { template: 'B_01.01', row: 2, column: null } as const;
    addFault(run, place, 'Exactly one entity keeps the register.');
  }
  const given = cell(rows[0] ?? {}, 'c0010');
  if (run.own !== '' && rows.length > 0 && given !== run.own) {
    const place = { template: 'B_01.01', row: 1, column: 'c0010' } as const;
    addFault(
      run,
      place,
      `This is the register of another entity: the one on record has ${run.own}. Where its LEI has changed, change its record first.`,
    );
    return;
  }
  await inPieces(run, 'entity', ['entity'], async (_, before) => {
    const draft = entityDraft(run.rows, before && (before.facts as object));
    if (draft && (await writeDraft(run, 'entity', before, draft)) !== null) run.own = given;
  });
}

const namesIn = (run: Run) => ({ own: run.own, ...run.ids });

async function writeFunctions(run: Run): Promise<void> {
  const rows = rowsByKey(run, 'B_06.01');
  await inPieces(run, 'function', rows.keys(), async (ref, before) => {
    const one = rows.get(ref);
    if (!one) return;
    const facts = before && (before.facts as object);
    const draft = functionDraft(one.row, one.index, namesIn(run), facts);
    const id = await writeDraft(run, 'function', before, draft);
    if (id !== null) run.ids.functions.set(ref, id);
  });
}

/** The parent that a row of B_05.01 names; none where it names itself. */
const parentIn = ({ row }: Numbered): string[] => {
  const parent = cell(row, 'c0110');
  return parent === '' || parent === cell(row, 'c0010') ? [] : [parent];
};

async function writeProviders(run: Run): Promise<void> {
  const rows = rowsByKey(run, 'B_05.01');
  const { order, rings } = orderByNeeds(
    new Map([...rows].map(([code, one]) => [code, parentIn(one)])),
  );
  const place = ({ index }: Numbered) =>
    ({ template: 'B_05.01', row: index + 1, column: 'c0110' }) as const;
  for (const code of rings) {
    const one = rows.get(code);
    if (one)
      addFault(run, place(one), 'Parents name one another in a ring, so none is the ultimate one.');
  }
  await inPieces(run, 'provider', order, async (code, before) => {
    const one = rows.get(code);
    if (!one) return;
    const [parent] = parentIn(one);
    const parentId = parent === undefined ? null : run.ids.providers.get(parent);
    if (parentId === undefined) {
      addFault(run, place(one), 'The ultimate parent has no row of its own in B_05.01.');
      return;
    }
    const draft = providerDraft(one.row, one.index, parentId, before && (before.facts as object));
    const id = await writeDraft(run, 'provider', before, draft);
    if (id === null) return;
    run.ids.providers.set(code, id);
    run.types.set(code, cell(one.row, 'c0020'));
  });
}

async function writeContracts(run: Run): Promise<void> {
  const { contracts, strays } = groupContracts(run.rows);
  for (const place of strays) addFault(run, place, 'B_02.01 has no row of this contract.');
  for (const { reason, ...place } of findContradictions(run.rows, run.types))
    addFault(run, place, reason);
  const rows = rowsByKey(run, 'B_02.01');
  const needs = [...rows].map(([reference, { row }]) => {
    const overarching = cell(row, 'c0030');
    const within = contracts.get(reference)?.about['B_02.03'] ?? [];
    return [
      reference,
      [
        ...(overarching === '' || isNone(overarching) ? [] : [overarching]),
        ...within.map((one) => cell(one.row, 'c0020')),
      ],
    ] as const;
  });
  const { order, rings } = orderByNeeds(new Map(needs));
  for (const reference of rings) {
    const index = rows.get(reference)?.index ?? 0;
    const place = { template: 'B_02.01', row: index + 1, column: 'c0030' } as const;
    addFault(run, place, 'Contracts rest on one another in a ring.');
  }
  if (run.faults.length > 0) return;
  await inPieces(run, 'contract', order, async (reference, before) => {
    const contract = contracts.get(reference);
    if (!contract) return;
    const facts = before && (before.facts as ContractFacts);
    const draft = contractDraft(contract, run.rows, namesIn(run), facts);
    const id = await writeDraft(run, 'contract', before, draft);
    if (id !== null) run.ids.contracts.set(reference, id);
  });
}
