import type { EarlierTrip, TripDocumentView, TripView } from '#lib/operations/cold/view-trip.ts';
import type { TripState } from '#lib/operations/cold/trip-states.ts';
import { Code } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';

const statusWords = {
  carry: { shape: 'ring', tone: 'caution', words: 'On its way' },
  checking: { shape: 'dot', tone: 'accent', words: 'Being checked' },
  refused: { shape: 'triangle', tone: 'danger', words: 'Answer refused' },
  taken: { shape: 'dot', tone: 'good', words: 'Answered' },
} as const;

/** How far it is with each cold party. */
export function PartyProgress({ trip }: { trip: TripView }) {
  const documents = trip.trip?.documents ?? [];
  const parties = trip.kind === 'ceremony' ? trip.sites.map(({ party }) => party) : [];
  const shown =
    parties.length > 0 ? parties : [trip.trip?.party ?? ''].filter((name) => name !== '');
  return (
    <section>
      <SectionHeading>How far it is</SectionHeading>
      <Panel label="How far it is with each cold party">
        {shown.map((party) => (
          <PanelRow key={party} title={<Code>{party}</Code>}>
            <Requests documents={documents.filter((document) => document.party === party)} />
          </PanelRow>
        ))}
        {shown.length === 0 && <PanelRow>No request was made yet.</PanelRow>}
      </Panel>
    </section>
  );
}

function Requests({ documents }: { documents: readonly TripDocumentView[] }) {
  if (documents.length === 0) return 'No request was made yet.';
  return (
    <ul className="space-y-1">
      {documents.map(({ id, ordinal, status, madeAt, answer }) => {
        const { shape, tone, words } = statusWords[status];
        return (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span>
              Request {ordinal}, <Time instant={answer?.at ?? madeAt} style="minute" />
            </span>
            <StatusMark shape={shape} tone={tone}>
              {words}
            </StatusMark>
          </li>
        );
      })}
    </ul>
  );
}

const stateWords: Readonly<Record<TripState, string>> = {
  wanted: 'Ordered',
  out: 'On its way',
  done: 'Ended well',
  void: 'Void',
  refused: 'Refused',
  replaced: 'Replaced by a newer one',
};

/** Trips of this operation that came before. */
export function EarlierTrips({ trips }: { trips: readonly EarlierTrip[] }) {
  if (trips.length === 0) return null;
  return (
    <section>
      <SectionHeading>Trips before</SectionHeading>
      <Panel label="Trips before">
        {trips.map(({ id, state, party, orderedBy, orderedAt, sentence }) => (
          <PanelRow key={id} title={stateWords[state]}>
            {party !== null && (
              <>
                To <Code>{party}</Code>,{' '}
              </>
            )}
            ordered by <bdi>{orderedBy}</bdi>, <Time instant={orderedAt} style="minute" />
            {sentence !== null && <span className="block text-text">{sentence}</span>}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
