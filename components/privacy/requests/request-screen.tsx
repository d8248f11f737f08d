import type { ReactNode } from 'react';
import { eventWords, requestStates, type EventKind } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import type { CollectingView } from '#lib/privacy/requests/view-collecting.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Code } from '../../ui/grouped.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { RecordColumns } from '../../ui/panel.tsx';
import { AddFile } from './add-file.tsx';
import { ApprovePanel } from './approve-panel.tsx';
import { Collecting } from './collecting.tsx';
import { sizeWords } from './event-sentence.tsx';
import { nextActOf, type NextAct } from './next-act.ts';
import type { Made } from './propose-dialog.tsx';
import { RecipientsSection } from './recipients-section.tsx';
import { EndWaiting, waitedUntil } from './end-waiting.tsx';
import { otherActs, RequestAct, seenOf } from './request-act.tsx';
import { RequestClockPanel } from './request-clock.tsx';
import { AdviceSection, DecisionSection, RequestFacts } from './request-facts.tsx';
import { RequestStateMark, TimeLeft } from './request-marks.tsx';
import { RequestTexts, type TextPlace } from './request-texts.tsx';
import { RequestTimeline } from './request-timeline.tsx';
import { rightName } from './request-words.ts';
import { requestsPath } from './requests-address.ts';

/** One request: what is next, its clock, what is known, what the right does, and what happened. */
export function RequestScreen({
  view,
  collecting,
  made,
  children,
}: {
  view: RequestView;
  /** The systems to be searched, with what was found in each; null where that is not asked yet. */
  collecting: CollectingView | null;
  /** Digests of what was made to be sent (package) or done (plan): the decision that is signed names them. */
  made?: Made;
  /** What the right does; each right brings its own part, and a part shows nothing where it is not asked for. */
  children?: ReactNode;
}) {
  const { number, standing, clock } = view;
  const uncollected = collecting?.lines.filter(({ found }) => found === null).length ?? 0;
  const next = nextActOf({ ...view, uncollected });
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Requests', href: requestsPath },
          { label: number },
        ]}
        title={rightName(standing.right)}
        state={
          <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <span className="text-text">
              <Code>{number}</Code>
            </span>
            <RequestStateMark state={standing.state} />
            <TimeLeft clock={clock} />
          </span>
        }
        action={
          hasButton(next) && <RequestAct kind={next.kind} view={view} made={made} tone="primary" />
        }
      />
      <LiveRefresh topics={['privacy-requests']} />
      <div className="mb-6 space-y-3 empty:hidden">
        <Next view={view} next={next} />
      </div>
      <ApprovePanel view={view} />
      <RecordColumns
        facts={
          <div className="space-y-8">
            <RequestClockPanel view={view} />
            <RequestFacts view={view} />
            {collecting !== null && <Collecting id={view.id} seq={view.seq} view={collecting} />}
            <div className="space-y-8 empty:hidden">{children}</div>
            <AdviceSection view={view} />
            <DecisionSection view={view} />
            <RecipientsSection view={view} />
            {view.you.contents && (
              <RequestTexts id={view.id} written={lastWritten(view)} places={placesOf(view)} />
            )}
            <OtherActs view={view} next={next} made={made} />
          </div>
        }
        aside={
          <section>
            <SectionHeading>What happened</SectionHeading>
            <RequestTimeline view={view} />
          </section>
        }
      />
    </>
  );
}

/** Approval stands in its panel, collection in its table. */
const hasButton = (next: NextAct | null): next is NextAct & { kind: EventKind } =>
  next !== null &&
  next.kind !== null &&
  next.isYours &&
  next.kind !== 'approved' &&
  next.kind !== 'collected';

function Next({ view, next }: { view: RequestView; next: NextAct | null }) {
  const isLate = view.clock !== null && (view.clock.daysLeft ?? 0) < 0;
  if (next === null)
    return <Notice title={`${requestStates[view.standing.state]}.`}>Nothing is left to do.</Notice>;
  return (
    <Notice tone={isLate ? 'danger' : 'info'} title="Next.">
      {next.says} {next.why}
    </Notice>
  );
}

/** Everything else that may be done now, out of the way until it is looked for. */
function OtherActs({
  view,
  next,
  made,
}: {
  view: RequestView;
  next: NextAct | null;
  made: Made | undefined;
}) {
  const kinds = otherActs(view, hasButton(next) ? next.kind : null);
  const until = waitedUntil(view);
  const adds = view.you.work && view.may.includes('file-added');
  if (kinds.length === 0 && until === null && !adds) return null;
  return (
    <details className="screen-only">
      <summary className="min-h-6 rounded-sm text-sm font-medium text-accent">
        Other things that can be done now
      </summary>
      <div className="mt-3 flex flex-wrap gap-2">
        {kinds.map((kind) => (
          <RequestAct key={kind} kind={kind} view={view} made={made} size="small" />
        ))}
        {adds && <AddFile about={seenOf(view)} />}
        {until !== null && <EndWaiting about={seenOf(view)} until={until} />}
      </div>
    </details>
  );
}

/** What says nothing in words of its own. */
const wordless: ReadonlySet<EventKind> = new Set(['collected', 'approved', 'closed', 'warned']);

const lastWritten = ({ events }: RequestView): number =>
  events.findLast(({ kind }) => !wordless.has(kind))?.seq ?? 0;

/** Events of which texts or a file may be opened, by words that name nobody. */
const placesOf = ({ events }: RequestView): TextPlace[] =>
  events.map((event) => ({
    seq: event.seq,
    title: `${eventWords[event.kind]} (${event.by})`,
    file:
      event.kind === 'file-added'
        ? { mediaType: event.facts.mediaType, size: sizeWords(event.facts.size) }
        : null,
  }));
