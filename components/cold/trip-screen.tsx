import type { TripView } from '#lib/operations/cold/view-trip.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationTitle } from '../operations/operation-title.tsx';
import { StateMark } from '../operations/state-mark.tsx';
import { subjectFacts } from '../operations/subject-facts.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { OrderTrip } from './order-trip.tsx';
import { StageMark } from './stage-mark.tsx';
import { TripDocument } from './trip-document.tsx';
import { EarlierTrips, PartyProgress } from './trip-progress.tsx';

export type TripScreenProps = {
  trip: TripView;
  operation: OperationView;
  serverNow: string;
  isSandbox: boolean;
};

/** One operation's way to cold parties and back. */
export function TripScreen({ trip, operation, serverNow, isSandbox }: TripScreenProps) {
  const open = trip.trip?.documents.filter(({ text }) => text !== null) ?? [];
  return (
    <>
      <LiveRefresh topics={['operations']} />
      <RecordColumns
        facts={
          <>
            <PageHeader
              look="statement"
              crumbs={[
                { label: 'Cold vault', href: '/cold' },
                { label: <Code>{trip.number}</Code> },
              ]}
              title={<OperationTitle view={operation} />}
              state={<StageMark stage={trip.stage} words={trip.words} />}
            />
            <Situation trip={trip} operation={operation} />
            {open.map((document) => (
              <TripDocument
                key={document.id}
                document={document}
                trip={trip}
                serverNow={serverNow}
                isSandbox={isSandbox}
              />
            ))}
            <section className="mt-8">
              <SectionHeading>What the request is about</SectionHeading>
              <DescriptionList items={subjectFacts(operation, serverNow)} />
            </section>
          </>
        }
        aside={
          <>
            <PartyProgress trip={trip} />
            <EarlierTrips trips={trip.earlier} />
            <section>
              <SectionHeading>The operation</SectionHeading>
              <p className="flex flex-wrap items-baseline gap-x-3">
                <TextLink href={`/operations/${trip.operation}`}>
                  <Code>{trip.number}</Code>
                </TextLink>
                <StateMark state={operation.state} waitsFor={operation.waitsFor} forMe={false} />
              </p>
            </section>
            <WhatVoids trip={trip} />
          </>
        }
      />
    </>
  );
}

/** What is to be done now, where that is not to carry a document. */
function Situation({ trip, operation }: Pick<TripScreenProps, 'trip' | 'operation'>) {
  const order = trip.canCarry && <OrderTrip {...trip} isAgain={false} />;
  switch (trip.stage) {
    case 'before':
      return (
        <Notice title="Not yet.">
          The request is made once everybody else has done their part: {operation.waitsFor}.
        </Notice>
      );
    case 'to-order':
      return (
        <Notice
          title={trip.kind === 'signing' ? 'Choose a cold site.' : 'Several trips are needed.'}
          action={order}
        >
          {trip.kind === 'signing'
            ? 'The party with a network opens its session with the request, and waits for the answer.'
            : 'Each step is a request to each cold party and an answer back. Best done in one day.'}
        </Notice>
      );
    case 'lost':
      return (
        <Notice
          tone="danger"
          title={trip.trip?.state === 'void' ? 'The trip is void.' : 'No request could be made.'}
          more={
            trip.trip?.state === 'void'
              ? 'What the cold party answered, or still answers, is worth nothing to anybody. Nothing was signed.'
              : undefined
          }
          action={order}
        >
          {trip.trip?.sentence}
        </Notice>
      );
    case 'wanted':
      return (
        <Notice title="The request is being made." announce="polite">
          The party with a network decides first. This page shows the request as soon as it is
          there.
        </Notice>
      );
    case 'done':
      return (
        <Notice tone="good" title={trip.kind === 'signing' ? 'Signed.' : 'The key is made.'}>
          {trip.kind === 'signing'
            ? 'The answer was taken, and both shares made the signature.'
            : 'Every answer was taken, and each party holds its share.'}
        </Notice>
      );
    case 'over':
      return <Notice title="No trip is needed any more.">{operation.waitsFor}.</Notice>;
    case 'carry':
    case 'checking':
      return null;
  }
}

/** That what waits lies in memory, and what ends a trip. */
function WhatVoids({ trip }: { trip: TripView }) {
  const { kind, online, stage } = trip;
  const isUnderWay = stage === 'carry' || stage === 'checking' || stage === 'wanted';
  return (
    <section>
      <SectionHeading>What voids a trip</SectionHeading>
      <p className="text-text-quiet">
        {kind === 'signing' ? 'The one-time number' : 'What is in progress'} of the party with a
        network ({online.join(', ')}) stays in its memory and on no disk, so that nobody can copy
        it. If that party restarts, the trip is void; this page says so{' '}
        {kind === 'signing' ? 'within seconds' : 'at the next answer'} and offers a new one.
      </p>
      <Evidence label="What else ends it">
        The operation’s own time limit; a rejection, a freeze or a revoked key meanwhile; a change
        of roster or policy; and a new request for the same operation.
      </Evidence>
      {isUnderWay && trip.canCarry && (
        <div className="mt-3">
          <Evidence label="Make a new request">
            <p className="mb-3">The one that is out is void with it, and so is its answer.</p>
            <OrderTrip {...trip} isAgain />
          </Evidence>
        </div>
      )}
    </section>
  );
}
