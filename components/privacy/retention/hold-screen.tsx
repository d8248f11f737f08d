import { monthsLater } from '#lib/incidents/days.ts';
import {
  articles,
  grounds,
  holdWords,
  monthsBetweenReviews,
} from '#lib/privacy/retention/holds/life.ts';
import type { HoldView } from '#lib/privacy/retention/holds/view-hold.ts';
import { returnLiftAction, reviewHoldAction } from '#lib/privacy/retention-actions.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { HoldTexts } from './hold-texts.tsx';
import { CoverWords, HoldMark } from './hold-words.tsx';
import { LiftHold, ProposeLift } from './lift-hold.tsx';
import { holdsPath, retentionPath } from './retention-address.ts';

/** One hold: what it covers, on which ground, when it is looked at again, and what happened to it. */
export function HoldScreen({ view }: { view: HoldView }) {
  const { id, number, seq, standing, events } = view;
  const { opening, reviewOn, state } = standing;
  return (
    <div className="max-w-[68rem]">
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Retention', href: retentionPath },
          { label: 'Legal holds', href: holdsPath },
          { label: number },
        ]}
        title={<span className="figures-mono">{number}</span>}
        state={stateOf(view)}
      />
      <LiveRefresh topics={['privacy-retention']} />
      <div className="space-y-10">
        {view.isOverdue && (
          <Notice tone="caution" title="The day of its review is over.">
            It goes on to stand. Look whether it is still needed, and say until when, or propose to
            lift it.
          </Notice>
        )}
        {view.stopped.length > 0 && (
          <Notice tone="caution" title="It stopped an erasure that was decided.">
            Nothing of what it covers goes. The erasure of {view.stopped.join(', ')} ends as it is,
            and a request that asked for it is decided anew.
          </Notice>
        )}
        <DescriptionList
          items={[
            { term: 'Stands', detail: <HoldMark state={state} isOverdue={view.isOverdue} /> },
            { term: 'Rests on', detail: `${grounds[opening.ground].name}` },
            { term: 'Article', detail: articles[opening.article] },
            {
              term: 'Covers',
              detail: (
                <ul>
                  {opening.covers.map((cover) => (
                    <li key={`${cover.kind} ${cover.subject}`}>
                      <CoverWords {...cover} />
                    </li>
                  ))}
                </ul>
              ),
            },
            { term: 'Looked at again by', detail: <Day date={reviewOn} /> },
          ]}
        />
        <HoldActs view={view} />
        {view.can.read && (
          <HoldTexts
            key={seq}
            id={id}
            titles={Object.fromEntries(events.map((event) => [event.seq, holdWords[event.kind]]))}
          />
        )}
        <section aria-label="What happened">
          <SectionHeading>What happened</SectionHeading>
          <Timeline
            label="What happened, newest first"
            entries={events.toReversed().map((event) => ({
              id: String(event.seq),
              ...(event.kind === 'warned'
                ? { shape: 'triangle' as const, tone: 'caution' as const }
                : {}),
              ...(event.kind === 'lifted' ? { shape: 'square' as const } : {}),
              title: holdWords[event.kind],
              detail: (
                <>
                  <bdi>{event.by}</bdi>, <Time instant={event.at} style="minute" />
                </>
              ),
            }))}
          />
        </section>
      </div>
    </div>
  );
}

function stateOf({ standing, isOverdue, isUnproved, can }: HoldView): string {
  switch (standing.state) {
    case 'lifted':
      return isUnproved
        ? 'Its lifting is on record. It goes on to keep what it covers until the keys of both people are proved.'
        : 'It was lifted by two people and keeps nothing any more.';
    case 'lift-proposed':
      return can.lift
        ? 'Somebody proposed to lift it. Read why, then lift it with your key or send it back.'
        : 'It stands until another person than who proposed it has lifted it.';
    case 'standing':
      return isOverdue
        ? 'It stands, and its review is overdue.'
        : 'It stands: nothing that it covers goes.';
  }
}

function HoldActs({ view: { id, number, seq, may, can, today } }: { view: HoldView }) {
  const about = { id, seen: String(seq) };
  if (!can.decide || may.every((kind) => kind === 'warned')) return null;
  return (
    <div className="screen-only flex flex-wrap items-start gap-3">
      {may.includes('reviewed') && (
        <ActDialog
          act={reviewHoldAction}
          label="Review it"
          title={`Review ${number}`}
          tone="primary"
          done="It is still needed"
          fixed={about}
        >
          <TextField
            label="Look at it again by"
            name="reviewOn"
            type="date"
            min={today}
            max={monthsLater(today, monthsBetweenReviews)}
            defaultValue={monthsLater(today, 6)}
            hint="Within twelve months."
          />
          <TextAreaField
            label="Reasons"
            name="reasons"
            rows={4}
            maxLength={8000}
            hint="Sealed. What was looked at, and why it is still needed."
          />
        </ActDialog>
      )}
      {may.includes('lift-proposed') && <ProposeLift about={about} number={number} />}
      {may.includes('lifted') && can.lift && <LiftHold about={about} />}
      {may.includes('lift-returned') && (
        <ActDialog
          act={returnLiftAction}
          label="Send it back"
          title={`${number} goes on`}
          done="Send it back"
          fixed={about}
        >
          <TextAreaField
            label="Reasons"
            name="reasons"
            rows={4}
            maxLength={8000}
            hint="Sealed. Why it is still needed."
          />
        </ActDialog>
      )}
    </div>
  );
}
