/** The graph from a function over its contracts and providers to the last subcontractor. Pure. */
import type { ContractFacts } from './kinds/contract.ts';

export type GraphNode = {
  id: string;
  kind: 'function' | 'contract' | 'provider';
  number: string;
  ref: string;
  name: string | null;
};

export type GraphEdge = {
  from: string;
  to: string;
  /**
   * A function is supported by a contract, which is provided by a provider; a provider hands on to a subcontractor
   * and belongs to its ultimate parent; a contract within the group rests on one outside it.
   */
  what: 'supported-by' | 'provided-by' | 'hands-on-to' | 'belongs-to' | 'rests-on';
  /** Code of the type of service; null where it is about more than one. */
  service: string | null;
  /** Rank of the provider that it leads to. */
  rank: number | null;
  /** The contract under which; null for groups. */
  contract: string | null;
};

export type Graph = { nodes: GraphNode[]; edges: GraphEdge[]; isWhole: boolean };

export const graphNodesMax = 500;
export const graphEdgesMax = 2_000;

export type GraphContract = GraphNode & {
  facts: Pick<ContractFacts, 'uses' | 'chain' | 'restsOn'>;
};
export type GraphProvider = GraphNode & { parent: string | null };

/**
 * Draws the graph of a function. Of a contract only the services count that it provides for this function; of one
 * that another rests on, all do.
 */
export function drawGraph(
  root: GraphNode,
  contracts: readonly GraphContract[],
  providers: readonly GraphProvider[],
): Graph {
  const edges = new Map<string, GraphEdge>();
  const add = (edge: GraphEdge): void => {
    edges.set(JSON.stringify(edge), edge);
  };
  const known = new Set(contracts.map(({ id }) => id));
  for (const contract of contracts) {
    const own = contract.facts.uses.filter((use) => use.function === root.id);
    const uses = own.length > 0 ? own : contract.facts.uses;
    for (const { service } of own)
      add({
        from: root.id,
        to: contract.id,
        what: 'supported-by',
        service,
        rank: null,
        contract: contract.id,
      });
    const services = new Set(uses.map(({ service }) => service));
    for (const { provider, service } of uses)
      add({
        from: contract.id,
        to: provider,
        what: 'provided-by',
        service,
        rank: 1,
        contract: contract.id,
      });
    for (const { service, provider, rank, recipient } of contract.facts.chain)
      if (recipient !== null && services.has(service))
        add({
          from: recipient,
          to: provider,
          what: 'hands-on-to',
          service,
          rank,
          contract: contract.id,
        });
    for (const to of contract.facts.restsOn)
      if (known.has(to))
        add({
          from: contract.id,
          to,
          what: 'rests-on',
          service: null,
          rank: null,
          contract: contract.id,
        });
  }
  return cut(root, contracts, providers, [...edges.values()]);
}

/** The graph within its bounds, with the groups of the providers that are in it. */
function cut(
  root: GraphNode,
  contracts: readonly GraphContract[],
  providers: readonly GraphProvider[],
  edges: readonly GraphEdge[],
): Graph {
  const byId = new Map<string, GraphNode>(
    [root, ...contracts, ...providers].map(({ id, kind, number, ref, name }) => [
      id,
      { id, kind, number, ref, name },
    ]),
  );
  const parents = new Map(providers.map(({ id, parent }) => [id, parent]));
  const shown = new Set([root.id]);
  const kept: GraphEdge[] = [];
  let isWhole = true;
  const keep = (edge: GraphEdge): void => {
    const isNew = [edge.from, edge.to].filter((id) => !shown.has(id)).length;
    if (shown.size + isNew > graphNodesMax || kept.length >= graphEdgesMax) isWhole = false;
    else {
      shown.add(edge.from).add(edge.to);
      kept.push(edge);
    }
  };
  for (const edge of edges) if (byId.has(edge.from) && byId.has(edge.to)) keep(edge);
  for (const id of shown) {
    const parent = parents.get(id) ?? null;
    if (parent !== null && byId.has(parent))
      keep({ from: id, to: parent, what: 'belongs-to', service: null, rank: null, contract: null });
  }
  return { nodes: [...shown].flatMap((id) => byId.get(id) ?? []), edges: kept, isWhole };
}
