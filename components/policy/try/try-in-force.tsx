'use client';

import { lazy, Suspense, useState } from 'react';
import type { Offered } from '#lib/operations/policy/view-draft.ts';
import { Button } from '../../ui/button.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';

const DryRunPanel = lazy(async () => ({
  default: (await import('./dry-run-panel.tsx')).DryRunPanel,
}));

const always = () => Promise.resolve(true);

/** The dry run of the policy in force; its script comes once somebody asks for it. */
export function TryInForce({ offered }: { offered: Offered }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="mt-8 screen-only">
      <SectionHeading>Try it</SectionHeading>
      {isOpen ? (
        <Suspense fallback={<p role="status">Loading.</p>}>
          <DryRunPanel draft={null} offered={offered} beforeRun={always} />
        </Suspense>
      ) : (
        <>
          <p className="mb-3 prose-line text-text-quiet">
            Ask what the rules say to one operation: which rule decides, and why those before it do
            not fit. To ask the same of a change, draft it first.
          </p>
          <Button onClick={() => setOpen(true)}>Try an operation</Button>
        </>
      )}
    </section>
  );
}
