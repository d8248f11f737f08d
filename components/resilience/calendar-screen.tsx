import type { DutyDay } from '#lib/resilience/calendar.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { PageHeader } from '../ui/page-header.tsx';
import { DutyTable } from './duty-table.tsx';
import { resiliencePath } from './kind-address.ts';
import { ResilienceTabs } from './resilience-tabs.tsx';

/** Every duty that comes again: which article asks for it, how often, when it was last done and is due next. */
export function CalendarScreen({ duties, today }: { duties: readonly DutyDay[]; today: string }) {
  const overdue = duties.filter(({ state }) => state === 'overdue').length;
  const unknown = duties.filter(({ state }) => state === 'unknown').length;
  return (
    <>
      <PageHeader
        title="Calendar of duties"
        state={`${countOf(duties.length, 'recurring duty', 'recurring duties')}: ${overdue === 0 ? 'none' : overdue} overdue, ${unknown} with nothing on record that shows when they were done.`}
        crumbs={[{ label: 'Resilience', href: resiliencePath }, { label: 'Calendar' }]}
      />
      <ResilienceTabs current="/resilience/calendar" />
      <LiveRefresh topics={['resilience']} />
      <DutyTable duties={duties} today={today} empty="There is no duty." />
      <p className="mt-6 text-sm text-text-quiet">
        Where a duty is about every record of a kind, the one that waits longest counts. What is not
        kept here is shown by minutes and reports elsewhere.
      </p>
    </>
  );
}
