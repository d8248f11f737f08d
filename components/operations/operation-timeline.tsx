'use client';

import { Fragment } from 'react';
import type { OperationView } from '#lib/operations/view-operation.ts';
import type { StatementView } from '#lib/operations/view-statements.ts';
import { Countdown } from '../ui/countdown.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx';
import { WholeWords } from '../ui/whole-words.tsx';
import { useOperation } from './operation-live.tsx';
import { RawText } from './raw-text.tsx';
import { StateMark } from './state-mark.tsx';
import { timelineSteps, WAIT_STEP, type TimelineStep } from './timeline-steps.ts';

/** Who did what, when and with which key, and what is still to come; follows the operation live. */
export function OperationTimeline() {
  const { live, serverNow } = useOperation();
  const isMine = live.actions.approve.allowed || live.actions.cosign.allowed;
  const steps = timelineSteps(live);
  const firstOpen = steps.findIndex(({ id }) => id.startsWith('need-'));
  return (
    <section>
      <SectionHeading>{isMine ? 'Waiting for you' : 'Where it stands'}</SectionHeading>
      {!isMine && (
        <p className="mb-3" role="status">
          <StateMark state={live.state} waitsFor={live.waitsFor} forMe={false} />
        </p>
      )}
      <Timeline
        label="What happened and what is to come"
        entries={steps.map((step, index) =>
          entryOf(step, clockOf(step, { live, serverNow, isFirstOpen: index === firstOpen })),
        )}
      />
    </section>
  );
}

type Clock = { words: string; until: string; serverNow: string; passed: string };

/** What runs out, or ends, beside a step. */
function clockOf(
  { id }: TimelineStep,
  of: { live: OperationView; serverNow: string; isFirstOpen: boolean },
): Clock | null {
  const { live, serverNow, isFirstOpen } = of;
  if (id === WAIT_STEP && live.waitingUntil !== null)
    return { words: 'goes on in', until: live.waitingUntil, serverNow, passed: 'a moment' };
  const passed = 'no time: it has expired';
  return isFirstOpen ? { words: 'expires in', until: live.expiresAt, serverNow, passed } : null;
}

function entryOf(step: TimelineStep, clock: Clock | null): TimelineEntry {
  return {
    id: step.id,
    title: <WholeWords>{step.title}</WholeWords>,
    shape: step.shape,
    tone: step.tone,
    detail: <StepDetail step={step} clock={clock} />,
    ...(step.statement
      ? { evidence: <StatementEvidence statement={step.statement} />, evidenceLabel: 'Statement' }
      : {}),
  };
}

function StepDetail({ step, clock }: { step: TimelineStep; clock: Clock | null }) {
  const { at, facts, statement, journal } = step;
  const isBare = at === null && facts.length === 0 && !clock && journal === null;
  if (isBare) return null;
  return (
    <>
      {at !== null && <Time instant={at} style="second" />}
      {at !== null && facts.length > 0 && ' · '}
      {facts.map((fact, index) => (
        <Fragment key={fact}>
          {index > 0 && ' · '}
          <bdi>{fact}</bdi>
        </Fragment>
      ))}
      {clock && (
        <>
          {' '}
          · {clock.words}{' '}
          <Countdown until={clock.until} serverNow={clock.serverNow} passed={clock.passed} />
        </>
      )}
      {at !== null && journal !== null && ' · '}
      {journal !== null && (
        <TextLink href={`/ledger/journals/${journal}`}>journal {journal}</TextLink>
      )}
      {statement?.note && statement.decision !== 'raise' && (
        <span className="mt-0.5 block text-text">
          “<bdi>{statement.note}</bdi>”
        </span>
      )}
    </>
  );
}

function StatementEvidence({ statement }: { statement: StatementView }) {
  return (
    <>
      <p className="mb-3 text-text-quiet">
        The statement’s canonical text is what the key signed, as a WebAuthn challenge; the parties
        check both for themselves.
      </p>
      <RawText title="Statement" text={statement.document} what="the statement" />
      <RawText title="Assertion" text={statement.assertion} what="the assertion" />
    </>
  );
}
