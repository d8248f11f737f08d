'use client';

import type { Offered } from '#lib/operations/policy/view-draft.ts';
import { BackTestPanel } from './back-test-panel.tsx';
import { DryRunPanel } from './dry-run-panel.tsx';

/** Both ways to try a draft, one below the other. */
export function TestPanels({
  draft,
  offered,
  beforeRun,
}: {
  draft: string;
  offered: Offered;
  beforeRun: () => Promise<boolean>;
}) {
  return (
    <div className="space-y-10">
      <DryRunPanel draft={draft} offered={offered} beforeRun={beforeRun} />
      <BackTestPanel draft={draft} beforeRun={beforeRun} />
    </div>
  );
}
