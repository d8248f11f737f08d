'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { discardDraftAction } from '#lib/operations/policy/actions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/** Takes a draft off the list, after asking once. */
export function DiscardDraft({ id, revision }: { id: string; revision: number }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function discard() {
    setPending(true);
    setProblem(null);
    const answer = await discardDraftAction({ id, revision }).catch(() => null);
    if (answer?.ok) router.push('/policy');
    else {
      setProblem(answer ? answer.refusal.sentence : noAnswer);
      setPending(false);
    }
  }

  return (
    <>
      <Button size="small" tone="quiet" className="-ms-2.5" onClick={() => setOpen(true)}>
        Discard this draft
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title="Discard this draft"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              tone="danger"
              pending={pending}
              pendingLabel="Discarding"
              onClick={() => void discard()}
            >
              Discard it
            </Button>
          </>
        }
      >
        <p>It goes off the list for everybody and can’t be changed or raised any more.</p>
        {problem !== null && (
          <div className="mt-3">
            <Notice tone="danger" title="Not discarded." announce="assertive">
              {problem}
            </Notice>
          </div>
        )}
      </Dialog>
    </>
  );
}
