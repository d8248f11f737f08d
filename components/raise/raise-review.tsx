'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { isBusy, pendingLabels, StatementStatus } from '../operations/statement-status.tsx';
import { UnusualFact } from '../operations/unusual-fact.tsx';
import { Button } from '../ui/button.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Digest } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';
import type { StatementPhase } from '../operations/use-statement.ts';
import type { Raise } from './use-raise.ts';

type Reviewed = { notAfter: string };

export type RaiseReviewProps<I extends Reviewed> = {
  raise: Raise<I>;
  /** The sentence that is signed. */
  title: ReactNode;
  facts: readonly Description[];
  /** "raise this withdrawal" */
  action: string;
  /** Makes the statement anew with the same form, after the server spent the one before. */
  onRenew: () => void;
};

function labelOf(phase: StatementPhase, checking: boolean): string | undefined {
  if (checking) return pendingLabels.preparing;
  return phase === 'done' ? pendingLabels.recorded : pendingLabels[phase];
}

/** Exactly what is about to be signed, on a step of its own. */
export function RaiseReview<I extends Reviewed>(props: RaiseReviewProps<I>) {
  const { raise, title, facts, action, onRenew } = props;
  const { prepared, maker, checking } = raise;
  const heading = useRef<HTMLHeadingElement>(null);
  const digest = prepared?.request.digest;

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [digest]);

  if (!prepared) return null;
  const isSpent = maker.problem?.sent === true;
  const busy = isBusy(maker.phase) || maker.phase === 'done';
  return (
    <section aria-labelledby="review-title" className="max-w-[56rem]">
      <p className="mb-1 text-sm text-text-quiet">Read what you sign</p>
      <h2
        id="review-title"
        ref={heading}
        tabIndex={-1}
        className="mb-5 text-lg font-normal tracking-tight text-balance outline-none medium:text-xl"
      >
        {title}
      </h2>
      <DescriptionList
        items={[
          ...facts,
          ...(prepared.unusual
            ? [{ term: 'Unusual', detail: <UnusualFact unusual={prepared.unusual} /> }]
            : []),
          {
            term: 'Time limit',
            detail: (
              <>
                <Time instant={prepared.intent.notAfter} />
                <Footing>Nobody can act on it after that.</Footing>
              </>
            ),
          },
          {
            term: 'Digest',
            detail: <Digest value={prepared.request.digest} words={prepared.request.words} />,
          },
        ]}
      />
      <div className="mt-6 grid gap-3 medium:grid-cols-2">
        {isSpent ? (
          <Button tone="primary" size="large" pending={checking} onClick={onRenew}>
            Prepare it again
          </Button>
        ) : (
          <Button
            tone="primary"
            size="large"
            // What stands here while it is prepared anew is spent, so it is not offered again.
            pending={busy || checking}
            pendingLabel={labelOf(maker.phase, checking)}
            onClick={raise.sign}
          >
            Raise with key
          </Button>
        )}
        <Button size="large" disabled={busy} onClick={raise.change}>
          Change it
        </Button>
      </div>
      <div className="mt-3">
        <StatementStatus maker={maker} action={action} />
      </div>
      <Footing>
        Nothing is recorded before you press. An operation that is raised is never changed: an edit
        is a new one.
      </Footing>
    </section>
  );
}
