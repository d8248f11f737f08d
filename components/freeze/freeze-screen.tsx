import type { FreezesView } from '#lib/operations/list-freezes.ts';
import type { IncidentPage } from '#lib/operations/list-incidents.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LiveStatus } from '../live/live-status.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { FreezeButton } from './freeze-dialog.tsx';
import { freezesText } from './freeze-words.ts';
import { IncidentsTable } from './incidents-table.tsx';
import { ReleasedTable } from './released-table.tsx';
import { StandingFreeze } from './standing-freeze.tsx';
import { StopPages, type StopPage } from './stop-pages.tsx';

export type FreezeScreenProps = {
  view: FreezesView;
  incidents: IncidentPage;
  stopPages: readonly StopPage[];
};

/** What stands still, the way to stop something, and the records of both. */
export function FreezeScreen({ view, incidents, stopPages }: FreezeScreenProps) {
  const { standing, released, parties, freeze } = view;
  return (
    <>
      <PageHeader
        title="Freeze"
        state={freezesText(standing, parties)}
        action={
          freeze.allowed && (
            <FreezeButton
              vaults={view.vaults}
              assets={view.assets}
              stopPages={stopPages}
              cold={parties.cold}
            />
          )
        }
      />
      <LiveRefresh topics={['freezes', 'incidents', 'operations']} />
      <section>
        <SectionHeading>What stands still</SectionHeading>
        {standing.length === 0 ? (
          <EmptyState title="Nothing is frozen">
            {freeze.allowed
              ? 'If something looks wrong, freeze first and ask afterwards: you decide it alone, by one press of your key.'
              : freeze.sentence}
          </EmptyState>
        ) : (
          <div className="space-y-4">
            {standing.map((one) => (
              <StandingFreeze key={one.operation} freeze={one} view={view} />
            ))}
          </div>
        )}
        {freeze.allowed && (
          <div className="mt-3 text-sm text-text-quiet">
            <StopPages pages={stopPages} />
          </div>
        )}
      </section>
      {released.length > 0 && (
        <section className="mt-8">
          <SectionHeading>Released</SectionHeading>
          <ReleasedTable released={released} />
        </section>
      )}
      <section className="mt-8">
        <SectionHeading>Incident records</SectionHeading>
        <IncidentsTable page={incidents} footEnd={<LiveStatus />} />
      </section>
    </>
  );
}
