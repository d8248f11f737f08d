import { Tabs } from '../ui/tabs.tsx';

const KINDS = [
  { label: 'Withdrawal', href: '/raise' },
  { label: 'Transfer between vaults', href: '/vaults/transfer' },
  { label: 'List an address', href: '/destinations/new' },
  { label: 'Make a vault key', href: '/vaults/new' },
] as const;

/** What an officer can raise, one page each. */
export function RaiseTabs({ current }: { current: (typeof KINDS)[number]['href'] }) {
  return (
    <Tabs
      label="Kinds of operation"
      tabs={KINDS.map((kind) => ({ ...kind, current: kind.href === current }))}
    />
  );
}
