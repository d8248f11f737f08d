import { findChain } from '#lib/chains/registry.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { Code } from '../ui/grouped.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { ColleaguePanel } from './colleague-panel.tsx';
import { ColdTripSection } from './cold-trip-section.tsx';
import { DecisionPanel, type Viewer } from './decision-panel.tsx';
import { FreezesInWay } from './freezes-in-way.tsx';
import { KeyWorkNow } from './key-work-progress.tsx';
import { LookBelow } from './look-below.tsx';
import { OperationFacts } from './operation-facts.tsx';
import { OperationLive } from './operation-live.tsx';
import { OperationParties } from './operation-parties.tsx';
import { OperationRecord } from './operation-record.tsx';
import { OperationTimeline } from './operation-timeline.tsx';
import { CeremonyPartiesAway, type PartiesAwayProps } from './parties-away.tsx';
import { OperationTitle } from './operation-title.tsx';

export type OperationScreenProps = {
  view: OperationView;
  viewer: Viewer;
  serverNow: string;
  /** True in a sandbox that has sample colleagues. */
  hasColleagues: boolean;
  /** Addresses of the parties' own pages about it, by their names. */
  partyPages: Readonly<Record<string, string>>;
  /** Parties that a key ceremony needs and that are off. */
  away: PartiesAwayProps;
};

/** One operation: what a person decides by at the left, what happened at the right. */
export function OperationScreen({
  view,
  viewer,
  serverNow,
  hasColleagues,
  partyPages,
  away,
}: OperationScreenProps) {
  const area = view.final
    ? { label: 'Operations', href: '/operations' }
    : { label: 'Queue', href: '/queue' };
  return (
    <OperationLive initial={view} serverNow={serverNow} partyPages={partyPages}>
      <RecordColumns
        facts={
          <>
            <PageHeader
              look="statement"
              crumbs={[area, { label: <Code>{view.number}</Code> }]}
              title={<OperationTitle view={view} />}
              state={<FeeLine view={view} />}
            />
            <LookBelow />
            <FreezesInWay />
            <CeremonyPartiesAway {...away} />
            <KeyWorkNow />
            <OperationFacts view={view} serverNow={serverNow} />
            <DecisionPanel viewer={viewer} />
            <OperationRecord />
          </>
        }
        aside={
          <>
            <OperationTimeline />
            {hasColleagues && <ColleaguePanel />}
            <ColdTripSection />
            <OperationParties />
          </>
        }
      />
    </OperationLive>
  );
}

/** What it costs and who pays; for kinds that move nothing, what kind it is. */
function FeeLine({ view }: { view: OperationView }) {
  const { intent } = view;
  if (intent.kind === 'vault-transfer')
    return (
      <>
        {view.kindName} · network fee {view.fee}
      </>
    );
  if (intent.kind !== 'withdrawal') return view.kindName;
  return (
    <>
      Network fee {view.fee}
      {findChain(intent.chain)?.takesMemo && (
        <> · {intent.memo === null ? 'no memo' : 'with a memo'}</>
      )}
    </>
  );
}
