import { Tabs } from '../ui/tabs.tsx';

const tabs = [
  { label: 'Packs', href: '/resilience/board' },
  { label: 'Duties and training', href: '/resilience/board/duties' },
] as const;

/** The pages of the board, side by side. */
export function BoardTabs({ current }: { current: (typeof tabs)[number]['href'] }) {
  return (
    <Tabs label="Board" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))} />
  );
}
