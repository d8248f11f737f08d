import { Tabs } from '../ui/tabs.tsx';

const tabs = [
  { label: 'Incidents', href: '/incidents' },
  { label: 'Figures', href: '/incidents/figures' },
  { label: 'Recurring', href: '/incidents/recurring' },
  { label: 'Costs', href: '/incidents/costs' },
  { label: 'On call', href: '/incidents/on-call' },
  { label: 'This entity', href: '/incidents/entity' },
] as const;

/** The pages of the incident desk, side by side. */
export function DeskTabs({ current }: { current: (typeof tabs)[number]['href'] }) {
  return (
    <Tabs
      label="Incident desk"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))}
    />
  );
}
