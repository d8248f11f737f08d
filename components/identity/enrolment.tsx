'use client';

import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { readEnrolmentAction } from '#lib/identity/actions.ts';
import type { EnrolmentView } from '#lib/identity/read-enrolment.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { EnrolmentProgress } from './enrolment-progress.tsx';
import { EnrolmentSteps } from './enrolment-steps.tsx';
import { useEnrolmentToken } from './use-enrolment-token.ts';

/** The page behind an enrolment link. */
export function Enrolment() {
  const token = useEnrolmentToken();
  if (token === undefined) return <PageSkeleton label="Reading the link" />;
  if (token === null)
    return (
      <NoLink>
        This page is opened with an enrolment link, which you get from a colleague. Ask for one.
      </NoLink>
    );
  // A second link in the same tab starts from the beginning.
  return <EnrolmentBehind key={token} token={token} />;
}

type Loaded =
  | { step: 'reading' }
  | { step: 'open'; view: EnrolmentView }
  | { step: 'finished' }
  | { step: 'refused'; sentence: string }
  | { step: 'unread' };

/** What the link behind this token is good for now. */
async function readLink(token: string): Promise<Loaded> {
  const read = await readEnrolmentAction(token).catch(() => null);
  if (read === null) return { step: 'unread' };
  if (read.ok) return { step: 'open', view: read.value };
  // The link is used up; it still shows its person the way into the roster.
  if (read.refusal.code === 'link-used') return { step: 'finished' };
  return { step: 'refused', sentence: read.refusal.sentence };
}

function EnrolmentBehind({ token }: { token: string }) {
  const [loaded, setLoaded] = useState<Loaded>({ step: 'reading' });

  const load = useCallback(async () => {
    setLoaded(await readLink(token));
  }, [token]);

  useEffect(() => {
    let isShown = true;
    void readLink(token).then((state) => {
      if (isShown) setLoaded(state);
    });
    return () => {
      isShown = false;
    };
  }, [token]);

  switch (loaded.step) {
    case 'reading':
      return <PageSkeleton label="Reading the link" />;
    case 'refused':
      return <NoLink>{loaded.sentence}</NoLink>;
    case 'unread':
      return (
        <NoLink
          title="The link could not be read."
          action={<Button onClick={() => void load()}>Try again</Button>}
        >
          The console did not answer. The link is as good as before.
        </NoLink>
      );
    case 'finished':
      return <EnrolmentProgress token={token} />;
    case 'open':
      return (
        <EnrolmentSteps
          token={token}
          view={loaded.view}
          onChange={load}
          onFinished={() => setLoaded({ step: 'finished' })}
        />
      );
  }
}

function NoLink({
  title = 'There is nothing to enrol with.',
  action,
  children,
}: {
  title?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <PageHeader title="Enrolment" />
      <Notice tone="caution" title={title} announce="polite" action={action}>
        {children}
      </Notice>
    </>
  );
}
