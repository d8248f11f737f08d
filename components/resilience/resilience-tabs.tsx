import { Tabs } from '../ui/tabs.tsx';

const tabs = [
  { label: 'Overview', href: '/resilience' },
  { label: 'Providers', href: '/resilience/providers' },
  { label: 'Contracts', href: '/resilience/contracts' },
  { label: 'Functions', href: '/resilience/functions' },
  { label: 'Assets', href: '/resilience/assets' },
  { label: 'Risks', href: '/resilience/risks' },
  { label: 'Findings', href: '/resilience/findings' },
  { label: 'Tests', href: '/resilience/tests' },
  { label: 'Plans', href: '/resilience/plans' },
  { label: 'Drills', href: '/resilience/drills' },
  { label: 'Calendar', href: '/resilience/calendar' },
  { label: 'Register', href: '/resilience/register' },
] as const;

/** The pages of the resilience area, side by side. @param current address of the page. */
export function ResilienceTabs({ current }: { current: string }) {
  return (
    <Tabs
      label="Resilience"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))}
    />
  );
}
