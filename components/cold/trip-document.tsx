import type { TripDocumentView, TripView } from '#lib/operations/cold/view-trip.ts';
import { ShowCodes } from '../travel/show-codes.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Digest } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { AnswerReader } from './answer-reader.tsx';
import { SiteSteps } from './site-steps.tsx';

export type TripDocumentProps = {
  document: TripDocumentView;
  trip: Pick<TripView, 'kind' | 'sites' | 'canCarry'>;
  serverNow: string;
  isSandbox: boolean;
};

/** One document there and back: what leaves, what to do at the site, what comes back. */
export function TripDocument({ document, trip, serverNow, isSandbox }: TripDocumentProps) {
  const { party, ordinal, isNews, text, fileName, expiresAt, status, refusal } = document;
  const group = trip.sites.find((site) => site.party === party)?.group ?? '';
  const name = `request ${ordinal} to ${party}`;
  return (
    <section aria-label={`Request ${ordinal} to ${party}`} className="mt-8 space-y-8">
      <section>
        <SectionHeading>1. Take {name}</SectionHeading>
        {isNews && (
          <p className="mb-3">
            Party {party} was off for so long that what it missed does not fit beside a request.
            This document brings it that alone; the next one follows when its answer is here.
          </p>
        )}
        <p className="mb-3 text-text-quiet">
          As a file or as codes. Its answer has to be back by{' '}
          <Time instant={expiresAt} style="minute" />, in{' '}
          <Countdown
            until={expiresAt}
            serverNow={serverNow}
            passed="no time: it is over"
            cautionBelow={60 * 60_000}
          />
          . Write its twelve words down.
        </p>
        <Digest value={document.digest} words={document.words} />
        <div className="mt-4">
          {text !== null && <ShowCodes text={text} fileName={fileName} what={`the ${name}`} />}
        </div>
      </section>
      <section>
        <SectionHeading>2. At the cold site</SectionHeading>
        <SiteSteps
          kind={isNews ? 'news' : trip.kind}
          party={party}
          group={group}
          isSandbox={isSandbox}
        />
      </section>
      <section>
        <SectionHeading>3. Bring the answer of {party} back</SectionHeading>
        <div className="space-y-4">
          {status === 'refused' && refusal && (
            <Notice
              tone="danger"
              title="The answer was refused."
              more={
                refusal.party === null
                  ? 'The same request can be answered again.'
                  : `Refused by party ${refusal.party}. The same request can be answered again once its reason is gone.`
              }
            >
              {refusal.sentence}
            </Notice>
          )}
          <Answer document={document} canCarry={trip.canCarry} />
        </div>
      </section>
    </section>
  );
}

function Answer({ document, canCarry }: { document: TripDocumentView; canCarry: boolean }) {
  const { status, answer } = document;
  if (status === 'checking' && answer)
    return (
      <>
        <p className="mb-3">
          Brought by <bdi>{answer.by}</bdi>, <Time instant={answer.at} />. The parties check now
          what it carries. Its words, as the cold party showed them:
        </p>
        <Digest value={answer.digest} words={answer.words} />
      </>
    );
  if (!canCarry) return <p className="text-text-quiet">Custody officers bring answers back.</p>;
  return <AnswerReader document={document.id} party={document.party} />;
}
