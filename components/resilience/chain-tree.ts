/** The chain of subcontractors of a contract as a tree, service by service. Pure. */
import type { ChainFacts } from '#lib/resilience/kinds/contract.ts';
import { serviceName } from './graph-tree.ts';
import { recordPath } from './kind-address.ts';
import type { TreeNode } from './tree.tsx';

/** @param nameOf name of a provider by id. */
export function chainTree(
  chain: readonly ChainFacts[],
  nameOf: (id: string) => string,
): TreeNode[] {
  const services = [...new Set(chain.map(({ service }) => service))].toSorted();
  return services.map((service) => {
    const links = chain.filter((link) => link.service === service);
    const under = (rank: number, recipient: string | null): TreeNode[] =>
      links
        .filter((link) => link.rank === rank && link.recipient === recipient)
        .map(({ provider }) => ({
          key: `${service} ${rank} ${recipient ?? ''} ${provider}`,
          word: `Rank ${rank}`,
          label: nameOf(provider),
          href: recordPath('provider', provider),
          // Ranks only grow, so this comes to an end.
          children: under(rank + 1, provider),
        }));
    return {
      key: service,
      word: 'Service',
      label: serviceName(service),
      href: null,
      children: under(1, null),
    };
  });
}
