'use client';

import { useState } from 'react';
import { askColleagueAction } from '#lib/operations/actions.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { useOperation } from './operation-live.tsx';

type Answer = { ok: boolean; sentence: string; to: 'approve' | 'cosign' };

/** Sandbox only: a sample colleague states with a software key, so that one person can try it all. */
export function ColleaguePanel() {
  const { live, readAgain } = useOperation();
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const isOpen = live.state === 'raised' || live.state === 'approved';
  const need = isOpen ? live.needs.find(({ people, stated }) => stated < people) : undefined;
  // Once people are done with it, what a colleague did stands in the timeline.
  if (!need) return null;
  const isApproval = need?.label.startsWith('Approver') ?? false;
  const to = isApproval ? 'approve' : 'cosign';

  async function ask() {
    if (asking) return;
    setAsking(true);
    setAnswer(null);
    try {
      const result = await askColleagueAction({
        operation: live.id,
        decision: to,
      });
      const done = isApproval ? 'A colleague approved it.' : 'A colleague co-signed it.';
      setAnswer({ ok: result.ok, sentence: result.ok ? done : result.refusal.sentence, to });
      if (result.ok) await readAgain();
    } catch {
      setAnswer({ ok: false, sentence: noAnswer, to });
    } finally {
      setAsking(false);
    }
  }

  return (
    <section className="screen-only rounded-md border border-dashed border-caution-line px-4 py-3">
      <SectionHeading>Sandbox only</SectionHeading>
      <p className="text-sm text-text-quiet">
        No second person at hand? A sample colleague can act with a software key. The statement says
        so, and production takes no such key.
      </p>
      <Button
        className="mt-3 w-full"
        pending={asking}
        pendingLabel="Asking"
        onClick={() => void ask()}
      >
        Ask a colleague to {isApproval ? 'approve' : 'co-sign'}
      </Button>
      <p
        role="status"
        className={`text-sm not-first:mt-2 empty:hidden ${answer?.ok === false ? 'text-danger' : 'text-text-quiet'}`}
      >
        {answer?.to === to && answer.sentence}
      </p>
    </section>
  );
}
