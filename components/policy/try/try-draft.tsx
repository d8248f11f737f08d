'use client';

import { lazy, Suspense, useState } from 'react';
import type { Offered } from '#lib/operations/policy/view-draft.ts';
import { Button } from '../../ui/button.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';

const TestPanels = lazy(async () => ({
  default: (await import('./test-panels.tsx')).TestPanels,
}));

const always = () => Promise.resolve(true);

/** Dry run and back-test of a draft; their script comes once somebody asks for them. */
export function TryDraft({
  draft,
  offered,
  beforeRun = always,
}: {
  draft: string;
  offered: Offered;
  /** Saves what is not saved yet. @returns false where that failed. */
  beforeRun?: () => Promise<boolean>;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="mt-10 screen-only" aria-labelledby="tests">
      <SectionHeading id="tests">Try it</SectionHeading>
      <p className="mb-3 prose-line text-text-quiet">
        Ask what this draft says to one operation, or to every operation there has been. Both look
        at what is saved, so your changes are saved first.
      </p>
      {isOpen ? (
        <Suspense fallback={<p role="status">Loading.</p>}>
          <TestPanels draft={draft} offered={offered} beforeRun={beforeRun} />
        </Suspense>
      ) : (
        <Button onClick={() => setOpen(true)}>Try this draft</Button>
      )}
    </section>
  );
}
