import type { BreakEventView, BreakView } from '#lib/reconciliation/view-break.ts';
import type { Cause } from '#lib/reconciliation/matching/cause.ts';
import { causes } from '#lib/reconciliation/matching/cause.ts';
import { correctionPath } from '../ledger/corrections/correction-words.ts';
import { RawText } from '../operations/raw-text.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx';
import { causeName, happened } from './reconciliation-words.ts';

const asCause = (text: string | null): Cause | null => causes.find((one) => one === text) ?? null;

/** Everything that happened to a break, the newest first. */
export function BreakHistory({ record }: { record: BreakView }) {
  return <Timeline label="What happened to this break" entries={record.events.map(entryOf)} />;
}

function entryOf(event: BreakEventView): TimelineEntry {
  const cause = asCause(event.cause);
  const isEnd = event.what === 'matched' || event.what === 'accepted';
  return {
    id: event.id,
    title: <bdi>{happened(event)}</bdi>,
    shape: isEnd ? 'dot' : 'ring',
    tone: isEnd ? 'good' : 'neutral',
    ...(event.signed
      ? { evidence: <SignedText signed={event.signed} />, evidenceLabel: 'Statement' }
      : {}),
    detail: (
      <>
        <Time instant={event.at} />
        {cause !== null && ` · ${causeName(cause)}`}
        {event.run !== null && (
          <>
            {' · '}
            <TextLink href={`/reconciliation/runs/${event.run}`}>the run</TextLink>
          </>
        )}
        {event.journal !== null && (
          <>
            {' · '}
            <TextLink href={`/ledger/journals/${event.journal}`}>journal {event.journal}</TextLink>
          </>
        )}
        {event.correction !== null && (
          <>
            {' · '}
            <TextLink href={correctionPath(event.correction)}>what both signed</TextLink>
          </>
        )}
        {event.note !== null && (
          <span className="mt-0.5 block whitespace-pre-line text-text">
            “<bdi>{event.note}</bdi>”
          </span>
        )}
      </>
    ),
  };
}

function SignedText({ signed }: { signed: NonNullable<BreakEventView['signed']> }) {
  return (
    <>
      <p className="mb-3 text-text-quiet">
        The statement’s canonical text is what the key signed, as a WebAuthn challenge.
      </p>
      <RawText title="Statement" text={signed.document} what="the statement" />
      <RawText title="Assertion" text={signed.assertion} what="the assertion" />
    </>
  );
}
