'use client';

import { useState, type SubmitEvent } from 'react';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import type { Sent } from './break-work.tsx';

const textOf = (given: FormDataEntryValue | null): string =>
  typeof given === 'string' ? given : '';

/** A closed drawer with a text to send; what is refused stays in its field. */
export function BreakTextForm({
  title,
  hint,
  button,
  withJournal = false,
  send,
}: {
  title: string;
  hint: string;
  button: string;
  withJournal?: boolean;
  send: (text: string, journal: string) => Sent;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const answer = await send(textOf(given.get('text')), textOf(given.get('journal'))).catch(
      () => null,
    );
    if (answer?.ok) return refresh(() => setBusy(false));
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <details className="group rounded-md border border-line bg-surface px-4 py-3">
      <summary className="flex min-h-6 items-center gap-2 font-medium">
        <svg
          width="10"
          height="10"
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="shrink-0 text-accent transition-transform group-open:rotate-90"
        >
          <path d="m3 1 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        {title}
      </summary>
      <form onSubmit={(event) => void submit(event)} noValidate className="mt-3 space-y-3">
        <TextAreaField label="What to say" name="text" hint={hint} maxLength={500} />
        {withJournal && (
          <TextField label="Correcting journal" name="journal" look="mono" maxLength={18} />
        )}
        {problem !== null && (
          <Notice tone="caution" title="Nothing was recorded." announce="assertive">
            {problem}
          </Notice>
        )}
        <Button type="submit" pending={isBusy} pendingLabel="Recording">
          {button}
        </Button>
      </form>
    </details>
  );
}
