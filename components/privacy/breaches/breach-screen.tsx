import type { ReactNode } from 'react';
import { memberStates } from '#lib/incidents/member-states.ts';
import { categories } from '#lib/persons/field-map.ts';
import {
  breachKinds,
  breachWords,
  causes,
  personGroups,
  readability,
  risks,
  sources,
  suspectedTarget,
  type BreachEventKind,
} from '#lib/privacy/breaches/life.ts';
import { contents } from '#lib/privacy/breaches/completeness.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { countOf } from '../../operations/counts.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { recordPath } from '../../resilience/kind-address.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Code } from '../../ui/grouped.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow, RecordColumns } from '../../ui/panel.tsx';
import type { StatusShape } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { Evidence, Timeline } from '../../ui/timeline.tsx';
import type { Tone } from '../../ui/tone.ts';
import { aboutOf, BreachActs, LinkIncident } from './breach-acts.tsx';
import { BreachClockMark, BreachStateMark, RiskMark, spanWords } from './breach-marks.tsx';
import { breachesPath } from './breaches-address.ts';
import { BreachTexts } from './breach-texts.tsx';
import { NextSection } from './next-section.tsx';
import { NotifySection } from './notify-section.tsx';
import { PersonsSection } from './persons-section.tsx';
import { SignStep } from './sign-step.tsx';

/** The desk of one breach: its clock, what it is, whom it has to be told, and what happened. */
export function BreachScreen({ view }: { view: BreachView }) {
  const { number, standing, serverNow } = view;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Breaches', href: breachesPath },
          { label: number },
        ]}
        title={`Breach ${number}`}
        state={
          <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <BreachStateMark state={standing.state} />
            <RiskMark risk={standing.risk} />
            <BreachClockMark clock={view.clock} serverNow={serverNow} />
          </span>
        }
        action={<BreachActs view={view} />}
      />
      <LiveRefresh topics={['privacy-breaches', 'incidents']} />
      <RecordColumns
        facts={
          <div className="space-y-8">
            <Erased view={view} />
            <ClockPanel view={view} />
            <NextSection view={view} />
            <NotifySection view={view} />
            <RiskSection view={view} />
            <PersonsSection view={view} />
            <FactsSection view={view} />
            <IncidentsSection view={view} />
            {view.can.read && (
              <BreachTexts
                id={view.id}
                places={view.events.map(({ seq, kind, by }) => ({
                  seq,
                  title: `${breachWords[kind]} (${by})`,
                }))}
              />
            )}
          </div>
        }
        aside={
          <section>
            <SectionHeading>What happened</SectionHeading>
            <BreachTimeline view={view} />
          </section>
        }
      />
    </>
  );
}

/** What went by the rule of retention and when, and what stays. */
function Erased({ view: { erasure } }: { view: BreachView }) {
  if (erasure === null) return null;
  const { begunAt, erasedAt, texts, persons } = erasure;
  if (erasedAt === null)
    return (
      <Notice title="Its file is being erased.">
        Since <Time instant={begunAt} style="minute" />, by the rule of retention: its key is being
        destroyed, so nothing of it can be read or written any more.
      </Notice>
    );
  return (
    <Notice title="Its file was erased.">
      <Time instant={erasedAt} style="minute" />, by the rule of retention, more than five years
      after it was closed: {countOf(texts ?? 0, 'text', 'texts')}, notifications among them, and the
      list of {countOf(persons ?? 0, 'person', 'people')}. Nobody can read them, in no backup
      either. This line of the register stays and names nobody: what happened and when, kinds and
      numbers, and the digests of what was signed and sent.
    </Notice>
  );
}

function ClockPanel({ view }: { view: BreachView }) {
  const { clock, serverNow } = view;
  const { state, dueAt, awareAt, left } = clock;
  if (state === 'waiting' || state === 'lying')
    return view.standing.dismissal === null ? <Suspicion view={view} /> : <Dismissal view={view} />;
  if (awareAt === null || dueAt === null) return null;
  return (
    <section aria-label="72 hours" className="rounded-md border border-line-strong bg-surface p-5">
      <p className="text-sm text-text-quiet">Authority to be notified</p>
      <p className="text-xl font-strong tracking-tight tabular-nums">
        {state === 'running' && <Countdown until={dueAt} serverNow={serverNow} passed="Over" />}
        {state === 'overdue' && (
          <span className="text-danger">Over since {left && spanWords(left)}</span>
        )}
        {(state === 'met' || state === 'late' || state === 'none') && (
          <BreachClockMark clock={clock} serverNow={serverNow} />
        )}
      </p>
      <p className="mt-1 text-sm text-text-quiet">
        Aware <Time instant={awareAt} style="minute" />, so by{' '}
        <Time instant={dueAt} style="minute" />. 72 hours are counted through weekends and holidays,
        and nothing is added (Art 33(1)). Later only with reasons.
      </p>
    </section>
  );
}

/** It is looked into at once: the law leaves a short time for it, and we set ourselves an end. */
function Suspicion({ view: { clock, standing } }: { view: BreachView }) {
  const { processor } = standing.opening;
  return (
    <Notice
      tone={clock.state === 'lying' ? 'danger' : 'info'}
      title={clock.state === 'lying' ? 'Only suspected for too long.' : 'It is suspected.'}
    >
      Find out at once, and confirm it or propose that it was none
      {clock.decideBy !== null && (
        <>
          {' '}
          by <Time instant={clock.decideBy} style="minute" />, our own target of {suspectedTarget}{' '}
          hours
        </>
      )}
      .{' '}
      {processor === null
        ? 'The 72 hours run from the moment at which it is certain enough that personal data are concerned.'
        : 'A processor told us: should it be one, the 72 hours run since then.'}
    </Notice>
  );
}

/** That it was no breach takes two people. */
const Dismissal = ({ view }: { view: BreachView }) => (
  <Notice
    title="Proposed that it was no breach."
    action={
      view.can.second && (
        <SignStep
          step="dismissal-approved"
          about={aboutOf(view)}
          label="Decide it"
          title={`${view.number}: no breach of personal data`}
          done="Decide with key"
          tone="primary"
        >
          <p>
            No personal data were concerned, so nobody is told of it. It stays in the register with
            the reasons.
          </p>
        </SignStep>
      )
    }
  >
    {view.can.second
      ? 'Another person than who proposed it decides. Read the reasons among the texts first.'
      : 'It waits for a custody officer or a manager who did not propose it.'}{' '}
    Until then it stays suspected.
  </Notice>
);

function RiskSection({ view: { standing, found } }: { view: BreachView }) {
  const { assessment } = standing;
  return (
    <section>
      <SectionHeading>Risk to persons</SectionHeading>
      <Panel label="Risk to persons">
        {assessment === null || found === null ? (
          <PanelRow>
            Not assessed yet. Until it is, the authority’s clock runs as if a risk were likely.
          </PanelRow>
        ) : (
          <PanelRow title={risks[assessment.risk]} aside={<RiskMark risk={assessment.risk} />}>
            {assessment.risk !== assessment.found && (
              <p>
                Decided otherwise than the rule, which says: {risks[assessment.found].toLowerCase()}
                . The reasons are among the texts.
              </p>
            )}
            <Evidence label="How it was found">
              <ul className="list-disc space-y-1 ps-5">
                {found.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </Evidence>
          </PanelRow>
        )}
      </Panel>
    </section>
  );
}

const range = (value: { least: number; most: number } | null): string => {
  if (value === null) return 'not known yet';
  const { least, most } = value;
  const words = (one: number) => one.toLocaleString('en-GB');
  return least === most ? words(least) : `${words(least)} to ${words(most)}`;
};
const listed = (words: readonly string[]): string => words.join(', ') || 'not known yet';

function FactsSection({ view: { standing, processor } }: { view: BreachView }) {
  const { opening, description, containedAt } = standing;
  return (
    <section>
      <SectionHeading>What is known</SectionHeading>
      <DescriptionList
        items={[
          { term: 'Came to be known', detail: sources[opening.source] },
          { term: 'Noticed', detail: <Time instant={standing.noticedAt} style="minute" /> },
          ...(opening.processor === null
            ? []
            : [
                {
                  term: 'Told by',
                  detail: (
                    <>
                      {processorLink(processor, opening.processor.number)},{' '}
                      <Time instant={opening.processor.toldAt} style="minute" />
                    </>
                  ),
                },
              ]),
          ...(description === null
            ? []
            : [
                {
                  term: 'Lost',
                  detail: listed(
                    description.kinds.map((kind) => breachKinds[kind].split(':')[0] ?? ''),
                  ),
                },
                {
                  term: 'Whose data',
                  detail: listed(description.groups.map((one) => personGroups[one])),
                },
                { term: 'Persons', detail: range(description.persons) },
                {
                  term: 'Which data',
                  detail: listed(description.categories.map((one) => categories[one])),
                },
                { term: 'Records', detail: range(description.records) },
                { term: 'Readable', detail: readability[description.readability] },
                { term: 'Cause', detail: causes[description.cause] },
                { term: 'Systems', detail: description.systems.join(', ') || 'none named' },
                {
                  term: 'Member States',
                  detail:
                    description.states.map((state) => memberStates[state]).join(', ') ||
                    'none named',
                },
              ]),
          ...(containedAt === null
            ? []
            : [{ term: 'Contained', detail: <Time instant={containedAt} style="minute" /> }]),
        ]}
      />
    </section>
  );
}

const processorLink = (record: BreachView['processor'], number: string): ReactNode =>
  record === null ? (
    <Code>{number}</Code>
  ) : (
    <TextLink href={recordPath(record.kind === 'processor' ? 'processor' : 'provider', record.id)}>
      <Code>{number}</Code>
    </TextLink>
  );

const IncidentsSection = ({ view }: { view: BreachView }) => (
  <section>
    <SectionHeading action={view.can.linkIncident && <LinkIncident view={view} />}>
      Incidents
    </SectionHeading>
    <Panel label="Incidents that it is as well">
      {view.incidents.length === 0 && (
        <PanelRow>
          None is linked. An incident that is a breach as well has clocks of its own.
        </PanelRow>
      )}
      {view.incidents.map(({ id, number, state, dueAt }) => (
        <PanelRow
          key={id}
          title={
            <TextLink href={`/incidents/${id}`}>
              <Code>{number}</Code>
            </TextLink>
          }
          aside={
            dueAt !== null && (
              <span className="text-sm">
                next limit <Countdown until={dueAt} serverNow={view.serverNow} passed="is over" />
              </span>
            )
          }
        >
          {state === 'new' ? 'New' : state === 'working' ? 'Being worked on' : `It is ${state}`}.
        </PanelRow>
      ))}
    </Panel>
  </section>
);

const marks: Readonly<Partial<Record<BreachEventKind, { shape: StatusShape; tone?: Tone }>>> = {
  opened: { shape: 'ring' },
  warned: { shape: 'triangle', tone: 'danger' },
  'suspicion-warned': { shape: 'triangle', tone: 'danger' },
  'persons-warned': { shape: 'triangle', tone: 'danger' },
  'rest-warned': { shape: 'triangle', tone: 'danger' },
  closed: { shape: 'square' },
  'dismissal-approved': { shape: 'square' },
  dismissed: { shape: 'square' },
};

/** What happened, newest first. What people wrote stands elsewhere and is opened on its own. */
const BreachTimeline = ({ view: { events } }: { view: BreachView }) => (
  <Timeline
    label="What happened, newest first"
    entries={events.toReversed().map((event) => ({
      id: String(event.seq),
      ...marks[event.kind],
      title: titleOf(event),
      detail: (
        <>
          <bdi>{event.by}</bdi>, <Time instant={event.at} style="minute" />
        </>
      ),
    }))}
  />
);

function titleOf(event: BreachView['events'][number]): string {
  switch (event.kind) {
    case 'assessed':
      return `${breachWords.assessed}: ${risks[event.facts.risk].toLowerCase()}`;
    case 'notification-signed':
      return `Part ${event.facts.phase} of the notification signed off`;
    case 'notification-sent':
      return `Authority notified, reference ${event.facts.reference}`;
    case 'persons-listed':
      return `${event.facts.count} added to the persons concerned`;
    case 'persons-taken-off':
      return `${event.facts.count} taken off the persons concerned`;
    case 'warned':
      return event.facts.hours === 72
        ? 'The 72 hours are over'
        : `${event.facts.hours} of the 72 hours are over`;
    case 'suspicion-warned':
      return `Only suspected for more than ${event.facts.hours} hours`;
    case 'persons-warned':
      return `The risk has been high for ${event.facts.hours} hours, and the persons were not told`;
    case 'rest-warned': {
      const names = event.facts.missing.map((part) => contents[part].name.toLowerCase());
      return `${event.facts.hours} hours after the first part the authority lacks: ${names.join(', ')}`;
    }
    default:
      return breachWords[event.kind];
  }
}
