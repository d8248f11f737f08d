/** Whether this machine could pass on what is rebuilt on it. */
import type { NetworkInterfaceInfo } from 'node:os';
import { Problem } from '../supervisor/problem.ts';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Names of interfaces with an address other than loopback, in alphabetical order. */
export const findNetworks = (interfaces: Interfaces): string[] =>
  Object.entries(interfaces)
    .filter(([, addresses = []]) => addresses.some(({ internal }) => !internal))
    .map(([name]) => name)
    .toSorted();

/** @throws Problem when the machine has a network and nobody said that this is all right. */
export function requireOffline(interfaces: Interfaces, onlineOk: boolean): void {
  const networks = findNetworks(interfaces);
  if (networks.length === 0 || onlineOk) return;
  throw new Problem(
    `This machine has a network (${networks.join(', ')}). Parts typed here open a share, and a rebuilt key moves everything it guards, so both belong on a machine without one: pull the cable, switch off Wi-Fi, and run this again. For a try-out with keys that guard nothing, add --online-ok.`,
  );
}
