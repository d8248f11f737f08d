'use client';

import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { stopReasonNames } from '#lib/identity/stop-reasons.ts';
import type { Result } from '#lib/platform/result.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { lastAdministratorWords, stoppedWords, stopWords, type StopAct } from './stop-words.ts';

const reasons = Object.entries(stopReasonNames).map(([value, label]) => ({ value, label }));

export type StopAsk = (reason: string) => Promise<Result<{ sessionsEnded: number }>>;

/** A button that ends something of a person, and what it says before it does. */
export function StopButton({
  act,
  name,
  keyLabel = '',
  takesLastAdministrator = false,
  ask,
}: {
  act: StopAct;
  name: string;
  keyLabel?: string;
  takesLastAdministrator?: boolean;
  ask: StopAsk;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const words = stopWords(act, name, keyLabel);

  function done(sessionsEnded: number) {
    setOpen(false);
    setSaid(stoppedWords(act, sessionsEnded));
    router.refresh();
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {words.button}
      </Button>
      <p role="status" className="text-sm text-text-quiet empty:hidden">
        {said}
      </p>
      <Dialog open={open} onClose={() => setOpen(false)} title={words.title}>
        <StopForm
          {...{ words, takesLastAdministrator, ask, done }}
          onLeave={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

function StopForm({
  words,
  takesLastAdministrator,
  ask,
  done,
  onLeave,
}: {
  words: ReturnType<typeof stopWords>;
  takesLastAdministrator: boolean;
  ask: StopAsk;
  done: (sessionsEnded: number) => void;
  onLeave: () => void;
}) {
  const [pending, setPending] = useState(false);
  const [missing, setMissing] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | null>(null);

  async function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('reason');
    const chosen = reasons.find(({ value }) => value === given);
    setMissing(chosen ? undefined : 'Choose a reason.');
    if (!chosen) return event.currentTarget.querySelector('select')?.focus();
    setPending(true);
    setProblem(null);
    const answer = await ask(chosen.value).catch(() => null);
    setPending(false);
    if (answer?.ok) done(answer.value.sessionsEnded);
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <form onSubmit={(event) => void send(event)} noValidate className="space-y-4">
      <p>{words.does}</p>
      <p>{words.doesNot}</p>
      <p className="text-text-quiet">{words.wayBack}</p>
      {takesLastAdministrator && (
        <Notice tone="caution" title="This is the last administrator.">
          {lastAdministratorWords}
        </Notice>
      )}
      <SelectField
        label="Reason"
        name="reason"
        placeholder="Choose a reason"
        options={reasons}
        error={missing}
      />
      {problem !== null && (
        <Notice tone="caution" title="Nothing was ended." announce="assertive">
          {problem}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onLeave}>Leave it</Button>
        <Button type="submit" tone="danger" pending={pending} pendingLabel={words.pending}>
          {words.button}
        </Button>
      </div>
    </form>
  );
}
