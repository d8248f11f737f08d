import { kindNames, kindsOf } from '#lib/resilience/records/kinds.ts';
import { listPath, privacyRegistersPath } from '../resilience/kind-address.ts';
import { Tabs } from '../ui/tabs.tsx';

const tabs = [
  { label: 'Overview', href: privacyRegistersPath },
  ...kindsOf.privacy.map((kind) => ({ label: kindNames[kind][1], href: listPath(kind) })),
];

/** The registers of data protection, side by side. @param current address of the page. */
export function PrivacyTabs({ current }: { current: string }) {
  return (
    <Tabs
      label="Registers of data protection"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))}
    />
  );
}
