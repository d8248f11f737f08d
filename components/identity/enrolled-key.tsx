'use client';

import { useState } from 'react';
import { removeKeyAction } from '#lib/identity/actions.ts';
import type { KeyView } from '#lib/identity/key-view.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { KeyFacts } from './key-facts.tsx';

/** A key registered under the link, which can still be taken back. */
export function EnrolledKey({
  token,
  view,
  onRemoved,
}: {
  token: string;
  view: KeyView;
  onRemoved: () => Promise<void>;
}) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function remove() {
    setPending(true);
    setProblem(null);
    const removed = await removeKeyAction({ token, credential: view.id }).catch(() => null);
    if (removed?.ok) await onRemoved();
    else setProblem(removed ? removed.refusal.sentence : noAnswer);
    setPending(false);
  }

  return (
    <KeyFacts
      view={view}
      status={false}
      action={
        <span className="inline-flex flex-wrap items-center gap-2">
          <Button
            size="small"
            pending={pending}
            pendingLabel="Removing"
            aria-label={`Remove the key ${view.label}`}
            onClick={() => void remove()}
          >
            Remove
          </Button>
          <span role="status" className="text-sm text-danger">
            {problem}
          </span>
        </span>
      }
    />
  );
}
