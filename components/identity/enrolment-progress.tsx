'use client';

import { useEffect, useRef } from 'react';
import type { EnrolmentProgress as Progress } from '#lib/operations/view-enrolment-progress.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx';
import { formatInstant } from '../ui/format.ts';
import { admissionEntries } from './admission-entries.ts';
import { KeyPanel } from './key-facts.tsx';
import { countOf } from './people-words.ts';
import { useEnrolmentProgress } from './use-enrolment-progress.ts';

/** After the link was used: who still has to admit its person, as it happens. */
export function EnrolmentProgress({ token }: { token: string }) {
  const followed = useEnrolmentProgress(token);
  switch (followed.state) {
    case 'reading':
      return <PageSkeleton label="Reading how far you have got" />;
    case 'refused':
      return (
        <>
          <PageHeader title="Enrolment" />
          <Notice tone="caution" title="This link shows nothing any more." announce="polite">
            {followed.sentence}
          </Notice>
        </>
      );
    case 'following':
      return <Following progress={followed.progress} isLate={followed.isLate} />;
  }
}

const STATES: Record<Progress['stage'], string> = {
  registering: 'Your enrolment is not finished.',
  founding:
    'Your keys are registered. You are a founder: sign in, compare the genesis document and sign it.',
  waiting: 'Your keys are registered. Colleagues now admit you; this page shows how far they are.',
  admitted: 'Your keys are in the roster, and every party that was on has checked it for itself.',
  suspended: 'Your access is suspended. An administrator can tell you why.',
};

const TITLES: Record<Progress['stage'], string> = {
  registering: 'Enrolment',
  founding: 'Sign the genesis document',
  waiting: 'Waiting to be admitted',
  admitted: 'You are admitted',
  suspended: 'Suspended',
};

function Following({ progress, isLate }: { progress: Progress; isLate: boolean }) {
  const { stage, keys, finishedAt } = progress;
  const canSignIn = stage === 'admitted' || stage === 'founding';
  useHeadingFocus();
  return (
    <>
      <PageHeader title={TITLES[stage]} state={<span role="status">{STATES[stage]}</span>} />
      <div className="space-y-8">
        {canSignIn && (
          <LinkButton href="/sign-in" tone="primary" size="large" className="w-full">
            Sign in
          </LinkButton>
        )}
        <Timeline label="Your way into the roster" entries={entriesOf(progress)} />
        {isLate && (
          <Notice tone="caution" title="Not live at the moment." announce="polite">
            The console does not answer. What stands here is the last it said; it is asked again.
          </Notice>
        )}
        <section>
          <SectionHeading>Words of your keys</SectionHeading>
          <p className="mb-3 prose-line text-text-quiet">
            {stage === 'founding'
              ? 'Write these words down. When the founders compare the genesis document, each reads out their own; the others see yours beside your name. If they see other words, stop and say so.'
              : 'Read these words to the colleague who admits you, face to face or by telephone. They see the same words; if not, stop and say so.'}
          </p>
          <KeyPanel keys={keys} label="Your keys" />
        </section>
        {finishedAt !== null && (
          <p className="text-sm text-text-quiet">
            The link was used up on {formatInstant(finishedAt, 'minute')}. If that was not you, tell
            whoever invited you now.
          </p>
        )}
      </div>
    </>
  );
}

function entriesOf({ stage, keys, genesis, admission, finishedAt }: Progress): TimelineEntry[] {
  const registered: TimelineEntry = {
    id: 'registered',
    title: `You registered ${countOf(keys.length, 'key')}`,
    ...(finishedAt !== null && { detail: formatInstant(finishedAt) }),
  };
  if (stage === 'waiting') return [registered, ...admissionEntries(admission)];
  if (stage === 'founding') return [registered, ...foundingEntries(genesis)];
  if (stage === 'admitted')
    return [registered, { id: 'admitted', title: 'Admitted', tone: 'good' }];
  return [registered];
}

function foundingEntries(genesis: Progress['genesis']): TimelineEntry[] {
  return [
    genesis
      ? { id: 'drawn', title: 'Genesis document drawn up' }
      : {
          id: 'drawn',
          title: 'A founder draws up the genesis document',
          shape: 'ring',
          tone: 'caution',
        },
    {
      id: 'signed',
      title: 'Every founder signs it',
      detail: genesis
        ? `${genesis.signed} of ${genesis.founders} have signed`
        : 'each with their own key',
      shape: genesis?.signed === genesis?.founders && genesis ? 'dot' : 'ring',
      tone: genesis ? 'neutral' : 'quiet',
    },
    {
      id: 'pinned',
      title: 'Every party pins it',
      detail: 'people at each party compare the words and pin it there',
      shape: 'ring',
      tone: 'quiet',
    },
  ];
}

/** The page has changed under the person; the heading is where they are now. */
function useHeadingFocus() {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    document.getElementById('page-title')?.focus();
  }, []);
}
