import { expect, test } from 'vitest';
import type { Graph, GraphEdge, GraphNode } from '#lib/resilience/graph.ts';
import { chainTree } from './chain-tree.ts';
import { graphTree, treeLinesMax } from './graph-tree.ts';
import type { TreeNode } from './tree.tsx';

const node = (id: string, kind: GraphNode['kind']): GraphNode => ({
  id,
  kind,
  number: id,
  ref: id,
  name: id,
});
const edge = (
  from: string,
  to: string,
  what: GraphEdge['what'],
  rank: number | null = null,
): GraphEdge => ({
  from,
  to,
  what,
  rank,
  service: what === 'belongs-to' || what === 'rests-on' ? null : 'eba_TA:S17',
  contract: what === 'belongs-to' ? null : 'contract',
});

const outline = (nodes: readonly TreeNode[], depth = 0): string[] =>
  nodes.flatMap(({ word, label, children }) => [
    `${'  '.repeat(depth)}${word} ${label}`,
    ...outline(children, depth + 1),
  ]);

const graph: Graph = {
  nodes: [
    node('keys', 'function'),
    node('contract', 'contract'),
    node('cloud', 'provider'),
    node('hall', 'provider'),
    node('power', 'provider'),
    node('group', 'provider'),
  ],
  edges: [
    edge('keys', 'contract', 'supported-by'),
    edge('contract', 'cloud', 'provided-by', 1),
    edge('cloud', 'hall', 'hands-on-to', 2),
    edge('hall', 'power', 'hands-on-to', 3),
    edge('cloud', 'group', 'belongs-to'),
  ],
  isWhole: true,
};

test('a function leads over its contract to the last subcontractor', () => {
  const { nodes, isWhole } = graphTree(graph, 'keys');
  expect(outline(nodes)).toEqual([
    'Function keys',
    '  Contract contract',
    '    Rank 1 cloud',
    '      Rank 2 hall',
    '        Rank 3 power',
  ]);
  expect(isWhole).toBe(true);
  expect(nodes[0]?.children[0]?.children[0]?.note).toContain('belongs to group');
});

test('providers that hand on in a ring, and contracts that rest on one another, come to an end', () => {
  const ring: Graph = {
    ...graph,
    edges: [
      ...graph.edges,
      edge('power', 'cloud', 'hands-on-to', 4),
      edge('contract', 'contract', 'rests-on'),
    ],
  };
  expect(outline(graphTree(ring, 'keys').nodes)).toHaveLength(5);
});

test('more lines than fit are left out, and the picture says that it is not whole', () => {
  const many = Array.from({ length: treeLinesMax + 10 }, (_, at) => node(`p${at}`, 'provider'));
  const wide: Graph = {
    nodes: [...graph.nodes, ...many],
    edges: [...graph.edges, ...many.map(({ id }) => edge('contract', id, 'provided-by', 1))],
    isWhole: true,
  };
  const { nodes, isWhole } = graphTree(wide, 'keys');
  expect(outline(nodes)).toHaveLength(treeLinesMax);
  expect(isWhole).toBe(false);
});

test('the chain of a contract is drawn for each service by rank', () => {
  const service = 'eba_TA:S17';
  const tree = chainTree(
    [
      { service, provider: 'a', rank: 1, recipient: null },
      { service, provider: 'b', rank: 2, recipient: 'a' },
      { service, provider: 'c', rank: 3, recipient: 'b' },
      { service: 'eba_TA:S02', provider: 'a', rank: 1, recipient: null },
    ],
    (id) => id.toUpperCase(),
  );
  expect(outline(tree)).toEqual([
    'Service S02 Development',
    '  Rank 1 A',
    'Service S17 Cloud: infrastructure',
    '  Rank 1 A',
    '    Rank 2 B',
    '      Rank 3 C',
  ]);
});
