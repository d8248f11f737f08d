/** The graph of a function, read in one snapshot. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import {
  drawGraph,
  type Graph,
  type GraphContract,
  type GraphNode,
  type GraphProvider,
} from '../graph.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { ProviderFacts } from '../kinds/provider.ts';
import { loadRecord, loadShownTexts } from './load-record.ts';
import { refuseRecord } from './refusals.ts';

/** Contracts of a function, and how many steps a contract within the group may rest on another. */
export const contractsMax = 200;
const depthMax = 5;

/** From a function to its last subcontractor, within bounds; `isWhole` is false where those cut it. */
export async function viewGraph(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<Graph>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const id = z.uuid().toLowerCase().safeParse(input.id);
  const unknown = refuseRecord('record-unknown', 'There is no such function.');
  if (!id.success) return unknown;
  return inSnapshot(context.db, async (tx) => {
    const root = await loadRecord(tx, id.data);
    if (root?.kind !== 'function') return unknown;
    const { contracts, isCut } = await contractsOf(tx, root.id);
    const providers = await providersOf(tx, contracts);
    const name = (root.facts as { name: string }).name;
    const graph = drawGraph({ ...root, kind: 'function', name }, contracts, providers);
    return ok({ ...graph, isWhole: graph.isWhole && !isCut });
  });
}

const node = <K extends GraphNode['kind']>(
  kind: K,
  {
    recordId,
    number,
    ref,
    facts,
  }: { recordId: string; number: string; ref: string; facts: unknown },
) => ({
  id: recordId,
  kind,
  number,
  ref,
  name: (facts as { name?: string | null }).name ?? null,
});

/** The contracts that support a function, and those that they rest on. */
async function contractsOf(tx: Tx, functionId: string) {
  const found = new Map<string, GraphContract>();
  let wanted: string[] = (
    await tx.resilienceLink.findMany({
      where: { toId: functionId, field: 'uses.function', from: { retired: false } },
      orderBy: { fromId: 'asc' },
      take: contractsMax + 1,
    })
  ).map(({ fromId }) => fromId);
  let isCut = wanted.length > contractsMax;
  for (let depth = 0; wanted.length > 0 && depth <= depthMax; depth += 1) {
    const rows = await tx.resilienceCurrent.findMany({
      where: { recordId: { in: wanted.slice(0, contractsMax) }, retired: false },
      orderBy: { number: 'asc' },
    });
    for (const row of rows)
      found.set(row.recordId, {
        ...node('contract', row),
        // Written after the kind's own schema has read it.
        facts: row.facts as unknown as ContractFacts,
      });
    wanted = rows
      .flatMap((row) => (row.facts as unknown as ContractFacts).restsOn)
      .filter((id) => !found.has(id));
    if (found.size > contractsMax || (depth === depthMax && wanted.length > 0)) {
      isCut = true;
      break;
    }
  }
  return { contracts: [...found.values()], isCut };
}

/** Every provider that contracts name, with its ultimate parent. */
async function providersOf(tx: Tx, contracts: readonly GraphContract[]): Promise<GraphProvider[]> {
  const ids = new Set(
    contracts.flatMap(({ facts }) => [
      ...facts.uses.map(({ provider }) => provider),
      ...facts.chain.map(({ provider }) => provider),
    ]),
  );
  const load = async (wanted: readonly string[]): Promise<GraphProvider[]> => {
    const rows = await tx.resilienceCurrent.findMany({ where: { recordId: { in: [...wanted] } } });
    const texts = await loadShownTexts(tx, wanted, ['name']);
    return rows.map((row) => {
      const shown = node('provider', row);
      const { parent } = row.facts as unknown as ProviderFacts;
      return { ...shown, name: shown.name ?? texts.get(row.recordId)?.['name'] ?? null, parent };
    });
  };
  const direct = await load([...ids]);
  const parents = direct.flatMap(({ parent }) =>
    parent !== null && !ids.has(parent) ? [parent] : [],
  );
  return [...direct, ...(await load([...new Set(parents)]))];
}
