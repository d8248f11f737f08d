import { Tabs } from '../ui/tabs.tsx';

const PAGES = [
  { label: 'People', href: '/operators' },
  { label: 'Roster', href: '/operators/roster' },
  { label: 'Access review', href: '/operators/access' },
] as const;

/** What there is to know about the people who work here, one page each. */
export function OperatorsTabs({ current }: { current: (typeof PAGES)[number]['href'] }) {
  return (
    <Tabs
      label="People and what they may do"
      tabs={PAGES.map((page) => ({ ...page, current: page.href === current }))}
    />
  );
}
