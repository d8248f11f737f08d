/** The graph of a function as a tree: a node that several lead to stands under each of them. Pure. */
import { serviceTypes, type Codes } from '#lib/resilience/codes.ts';
import type { Graph, GraphEdge, GraphNode } from '#lib/resilience/graph.ts';
import { recordPath } from './kind-address.ts';
import type { TreeNode } from './tree.tsx';

/** Lines beyond this are left out; a graph in which much leads to the same would else have far more than it has nodes. */
export const treeLinesMax = 600;

export const serviceName = (code: string | null): string =>
  code === null ? '' : ((serviceTypes as Codes)[code] ?? code);

export type GraphTree = { nodes: TreeNode[]; isWhole: boolean };

class Drawing {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #from = new Map<string, GraphEdge[]>();
  #lines = 0;
  isWhole: boolean;

  constructor({ nodes, edges, isWhole }: Graph) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.isWhole = isWhole;
    for (const edge of edges) this.#from.set(edge.from, [...this.edges(edge.from), edge]);
  }

  edges(id: string, what?: GraphEdge['what']): readonly GraphEdge[] {
    const all = this.#from.get(id) ?? [];
    return what === undefined ? all : all.filter((edge) => edge.what === what);
  }

  /** Its contracts; each once, however many services it is for. */
  contracts(id: string, above: ReadonlySet<string>): TreeNode[] {
    const edges = [...this.edges(id, 'supported-by'), ...this.edges(id, 'rests-on')];
    return [...new Set(edges.map(({ to }) => to))].flatMap((to) => {
      if (above.has(to)) return [];
      const services = edges.filter((edge) => edge.to === to).map(({ service }) => service);
      const path = new Set([...above, to]);
      return this.line(to, 'Contract', services.map(serviceName).filter(Boolean).join(', '), () => [
        ...this.edges(to, 'provided-by').flatMap((edge) => this.provider(edge, path)),
        ...this.contracts(to, path),
      ]);
    });
  }

  provider(edge: GraphEdge, above: ReadonlySet<string>): TreeNode[] {
    if (above.has(edge.to)) return [];
    const path = new Set([...above, edge.to]);
    const parents = this.edges(edge.to, 'belongs-to').map(
      ({ to }) => this.#nodes.get(to)?.name ?? this.#nodes.get(to)?.number ?? '',
    );
    const note = [serviceName(edge.service), ...parents.map((name) => `belongs to ${name}`)].filter(
      (one) => one !== '',
    );
    return this.line(edge.to, `Rank ${edge.rank ?? 1}`, note.join(', '), () =>
      this.edges(edge.to, 'hands-on-to')
        .filter(
          (next) =>
            next.contract === edge.contract &&
            next.service === edge.service &&
            next.rank === (edge.rank ?? 1) + 1,
        )
        .flatMap((next) => this.provider(next, path)),
    );
  }

  line(id: string, word: string, note: string, children: () => TreeNode[]): TreeNode[] {
    const node = this.#nodes.get(id);
    if (!node) return [];
    if (this.#lines >= treeLinesMax) {
      this.isWhole = false;
      return [];
    }
    this.#lines += 1;
    return [
      {
        key: `${id} ${word} ${note} ${this.#lines}`,
        word,
        label: node.name ?? node.ref,
        href: recordPath(node.kind, node.id),
        ...(note === '' ? {} : { note }),
        children: children(),
      },
    ];
  }
}

/** @param root id of the function. */
export function graphTree(graph: Graph, root: string): GraphTree {
  const drawing = new Drawing(graph);
  const nodes = drawing.line(root, 'Function', '', () => drawing.contracts(root, new Set([root])));
  return { nodes, isWhole: drawing.isWhole };
}
