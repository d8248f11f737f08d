'use client';

import { useState } from 'react';
import { renewInvitationAction } from '#lib/identity/actions.ts';
import type { NewLink } from '#lib/identity/invite-operator.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { OneTimeLink } from './one-time-link.tsx';

/** A new link in place of one that was lost or has expired. */
export function RenewLink({ operator, name }: { operator: string; name: string }) {
  const [pending, setPending] = useState(false);
  const [link, setLink] = useState<NewLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function renew() {
    setPending(true);
    setProblem(null);
    const answer = await renewInvitationAction({ operator }).catch(() => null);
    setPending(false);
    if (answer?.ok) setLink(answer.value);
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  if (link) return <OneTimeLink link={link} name={name} />;
  return (
    <div className="space-y-3">
      <Button pending={pending} pendingLabel="Making the link" onClick={() => void renew()}>
        Make a new link
      </Button>
      <p className="text-sm text-text-quiet">
        The one before stops working, and keys registered with it are taken back.
      </p>
      {problem !== null && (
        <Notice tone="caution" title="No link was made." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
