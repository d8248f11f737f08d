import { Tabs } from '../ui/tabs.tsx';

export type IncidentTab = 'record' | 'worksheet' | 'reports';

/** The pages of one incident, side by side. */
export function IncidentTabs({
  id,
  current,
  shown = ['worksheet', 'reports'],
}: {
  id: string;
  current: IncidentTab;
  /** Which of the pages beside the record there are. */
  shown?: readonly Exclude<IncidentTab, 'record'>[];
}) {
  const record = `/incidents/${id}`;
  const tabs = [
    { id: 'record', label: 'Record', href: record },
    ...(shown.includes('worksheet')
      ? [{ id: 'worksheet', label: 'Worksheet', href: `${record}/worksheet` }]
      : []),
    ...(shown.includes('reports')
      ? [{ id: 'reports', label: 'Reports', href: `${record}/reports` }]
      : []),
  ];
  return (
    <Tabs
      label="Pages of this incident"
      tabs={tabs.map(({ id: tab, ...rest }) => ({ ...rest, current: tab === current }))}
    />
  );
}
