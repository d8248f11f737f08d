'use client';

import { useState, type SubmitEvent } from 'react';
import { askColdPartyAction } from '#lib/operations/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

function useAsking() {
  const refresh = useRefresh();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function ask(name: string): Promise<boolean> {
    setPending(true);
    setProblem(null);
    const answer = await askColdPartyAction({ name }).catch(() => null);
    setPending(false);
    if (answer?.ok) refresh();
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
    return answer?.ok === true;
  }
  return { ask, pending, problem };
}

/** Writes the document for one more cold party. */
export function AskColdParty() {
  const { ask, pending, problem } = useAsking();
  const [name, setName] = useState('');

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (await ask(name.trim())) setName('');
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="max-w-md space-y-3">
      <TextField
        label="Name of a cold party"
        hint="As it is opened there, such as cold-a."
        look="mono"
        value={name}
        error={problem ?? undefined}
        maxLength={64}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" refused={name.trim() === ''} pending={pending} pendingLabel="Writing">
        Ask it who it is
      </Button>
    </form>
  );
}

/** A new document in the place of one that was lost or has expired. */
export function AskAgain({ name }: { name: string }) {
  const { ask, pending, problem } = useAsking();
  return (
    <>
      <Button size="small" pending={pending} pendingLabel="Writing" onClick={() => void ask(name)}>
        Ask anew
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not asked." announce="assertive">
          {problem}
        </Notice>
      )}
    </>
  );
}
