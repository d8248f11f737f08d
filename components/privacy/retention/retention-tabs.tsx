import { Tabs } from '../../ui/tabs.tsx';
import { holdsPath, retentionPath, runsPath } from './retention-address.ts';

const tabs = [
  { label: 'Schedule', href: retentionPath },
  { label: 'Runs', href: runsPath },
  { label: 'Legal holds', href: holdsPath },
];

/** @param current address of the page. */
export const RetentionTabs = ({ current }: { current: string }) => (
  <Tabs label="Retention" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))} />
);
