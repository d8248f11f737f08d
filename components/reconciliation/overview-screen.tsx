import type { BreaksView } from '#lib/reconciliation/list-breaks.ts';
import type { OverviewView } from '#lib/reconciliation/view-overview.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { AgeBars } from './age-bars.tsx';
import { daysWords } from './bank-words.ts';
import { breaksAddress } from './break-address.ts';
import { BreakFilterForm } from './break-filter-form.tsx';
import { BreaksTable } from './breaks-table.tsx';
import { CoverageFigures } from './coverage-figures.tsx';
import { PlacesTable } from './places-table.tsx';
import { overviewState, placeName } from './reconciliation-words.ts';
import { RequestProgress } from './request-progress.tsx';
import { RunNow } from './run-now.tsx';

/** Reconciliation at a glance, and every break. */
export function OverviewScreen({
  view,
  breaks,
  mayRun,
}: {
  view: OverviewView;
  breaks: BreaksView;
  mayRun: boolean;
}) {
  const { filter, problem, rows, next } = breaks;
  const isFirst = filter.after === null;
  return (
    <>
      <PageHeader
        title="Reconciliation"
        state={overviewState(view)}
        action={
          <span className="flex flex-wrap gap-2">
            <LinkButton size="small" href="/reconciliation/bank">
              Bank accounts
            </LinkButton>
            {mayRun && (
              <RunNow wanted="all" tone="primary">
                Compare everything now
              </RunNow>
            )}
          </span>
        }
      />
      {isFirst && <LiveRefresh topics={['reconciliation', 'ledger']} />}
      <div className="space-y-8">
        {isFirst && <Attention view={view} />}
        {isFirst && view.coverage.length > 0 && <CoverageFigures coverage={view.coverage} />}
        {isFirst && (
          <section>
            <SectionHeading>Open breaks by age</SectionHeading>
            <AgeBars ages={view.ages} />
          </section>
        )}
        <section>
          <SectionHeading>Breaks</SectionHeading>
          <BreakFilterForm filter={filter} />
          {problem === null ? (
            <BreaksTable
              label="Breaks"
              rows={rows}
              empty="No break is in this state. A run that finds a difference opens one."
              foot={
                <ListFoot count={countOf(rows.length, 'break')} isFirst={isFirst} next={next} />
              }
              footEnd={<KeysSwitch />}
            />
          ) : (
            <Notice tone="danger" title="This can’t be looked for.">
              {problem}
            </Notice>
          )}
          <Pager
            first={isFirst ? null : breaksAddress(filter, null)}
            next={next && breaksAddress(filter, next)}
            what="breaks"
          />
        </section>
        {isFirst && <PlacesTable places={view.places} mayRun={mayRun} />}
      </div>
    </>
  );
}

function Attention({ view: { request, stopped, ruled, places } }: { view: OverviewView }) {
  const missed = places.filter((place) => place.missed.length > 0);
  return (
    <div className="space-y-3 empty:hidden">
      <RequestProgress request={request} />
      {stopped.length > 0 && (
        <Notice tone="danger" title={`No ${stopped.join(', ')} is paid out.`}>
          A shortfall is beyond the asset’s limit. Withdrawals can be raised again when its break is
          closed.
        </Notice>
      )}
      {ruled.length > 0 && (
        <Notice tone="danger" title={`${ruled.join(', ')} is missing beyond the limit.`}>
          The policy in force says what may still leave; the page of the break shows its rules.
        </Notice>
      )}
      {missed.length > 0 && (
        <Notice tone="caution" title="Days without a finished run.">
          {missed
            .map(
              (place) =>
                `${place.asset}, ${placeName(place)}: ${place.missed.map((day) => daysWords(day)).join(', ')}`,
            )
            .join('; ')}
          . A day that was left out is an exception of its own; compare now, and find out why.
        </Notice>
      )}
    </div>
  );
}
