import type {
  CorrectionEventView,
  CorrectionView,
} from '#lib/reconciliation/corrections/view-correction.ts';
import { RawText } from '../../operations/raw-text.tsx';
import { Time } from '../../ui/time.tsx';
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx';
import { correctionStep } from './correction-words.ts';

/** Everything that happened to a correction, with what was signed, the newest first. */
export function CorrectionHistory({ record }: { record: CorrectionView }) {
  return (
    <Timeline
      label="What happened to this correction"
      entries={record.events.map((event) => entryOf(event, record.document))}
    />
  );
}

function entryOf(event: CorrectionEventView, document: string): TimelineEntry {
  const isEnd = event.what === 'approved';
  return {
    id: event.id,
    title: <bdi>{correctionStep(event)}</bdi>,
    shape: isEnd ? 'dot' : 'ring',
    tone: isEnd ? 'good' : 'neutral',
    ...(event.signed
      ? {
          evidence: <Signed signed={event.signed} document={document} />,
          evidenceLabel: 'Statement',
        }
      : {}),
    detail: (
      <>
        <Time instant={event.at} />
        {event.note !== null && event.what !== 'raised' && (
          <span className="mt-0.5 block whitespace-pre-line text-text">
            “<bdi>{event.note}</bdi>”
          </span>
        )}
      </>
    ),
  };
}

function Signed({
  signed,
  document,
}: {
  signed: NonNullable<CorrectionEventView['signed']>;
  document: string;
}) {
  return (
    <>
      <p className="mb-3 text-text-quiet">
        The key signed the statement’s canonical text, as a WebAuthn challenge. It names the
        correction by its digest.
      </p>
      <RawText title="Correction" text={document} what="the correction" />
      <RawText title="Statement" text={signed.document} what="the statement" />
      <RawText title="Assertion" text={signed.assertion} what="the assertion" />
    </>
  );
}
