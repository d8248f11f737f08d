import { Tabs } from '../ui/tabs.tsx';

const tabs = [
  { label: 'Clients', href: '/clients' },
  { label: 'Returns', href: '/clients/returns' },
  { label: 'Complaints', href: '/clients/complaints' },
  { label: 'Rights events', href: '/clients/rights' },
  { label: 'Losses', href: '/clients/losses' },
  { label: 'Segregation', href: '/clients/segregation' },
  { label: 'Sub-custodians', href: '/clients/sub-custodians' },
  { label: 'Custody policy', href: '/clients/policy' },
] as const;
export type ClientsTab = (typeof tabs)[number]['href'];

/** The registers of clients' matters, side by side. */
export function ClientsTabs({ current }: { current: ClientsTab }) {
  return (
    <Tabs
      label="Client registers"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))}
    />
  );
}
