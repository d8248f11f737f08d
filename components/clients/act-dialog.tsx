'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Result } from '#lib/platform/result.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { formValues, type FormValues } from './form-values.ts';

export type Act = (input: FormValues) => Promise<Result<unknown>>;

/**
 * A button that opens a form, and the form that calls one action. What was typed stays where it is
 * until the action has done what it says.
 */
export function ActDialog({
  act,
  label,
  title,
  fixed = {},
  tone = 'secondary',
  size = 'regular',
  done = 'Record',
  goTo,
  children,
}: {
  act: Act;
  /** Words of the button that opens it. */
  label: string;
  title: string;
  /** Values that nobody types, such as which entry it is about. */
  fixed?: Readonly<Record<string, string>>;
  tone?: 'primary' | 'secondary';
  size?: 'regular' | 'small';
  /** Words of the button that does it. */
  done?: string;
  /** Path to which the id of what was made is put, to go there. */
  goTo?: string;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();
  const router = useRouter();

  function close() {
    setOpen(false);
    setProblem(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = { ...formValues(new FormData(event.currentTarget)), ...fixed };
    setBusy(true);
    setProblem(null);
    const answer = await act(values).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    const end = () => {
      setBusy(false);
      close();
    };
    const id = idOf(answer.value);
    if (goTo === undefined || id === null) return refresh(end);
    end();
    router.push(`${goTo}/${id}`);
  }

  return (
    <>
      <Button tone={tone} size={size} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={isOpen} onClose={close} title={title}>
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          {children}
          {problem !== null && (
            <Notice tone="caution" title="Not recorded." announce="assertive">
              {problem}
            </Notice>
          )}
          <div className="flex justify-end">
            <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Recording">
              {done}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : null;
