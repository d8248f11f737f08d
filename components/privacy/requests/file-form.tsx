'use client';

import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../../ui/field-frame.tsx';
import { Notice } from '../../ui/notice.tsx';
import { sendFile, type Door } from './send-file.ts';
import { Sending } from './sending.tsx';

export type FileSending = {
  missing: string | undefined;
  problem: string | null;
  /** Share that was sent; null while nothing is. */
  share: number | null;
  submit: (event: FormEvent<HTMLFormElement>) => void;
  /** Forgets what was wrong, as when its dialog closes. */
  clear: () => void;
};

/**
 * A form with a file that is handed in. It stands with the page and not with its dialog, so that what is under way is
 * seen again where the dialog was closed meanwhile.
 * @param about what is sent beside the fields of the form.
 */
export function useFileForm<T>(
  door: Door<T>,
  onSent: (value: T) => void,
  about: Readonly<Record<string, string>> = {},
): FileSending {
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);

  async function send(form: HTMLFormElement) {
    const data = new FormData(form);
    const file = data.get('file');
    setProblem(null);
    if (!(file instanceof File) || file.name === '') return setMissing('Choose the file.');
    setMissing(undefined);
    for (const [name, value] of Object.entries(about)) data.set(name, value);
    setShare(0);
    const sent = await sendFile(door, data, file, setShare);
    setShare(null);
    if (!sent.ok) return setProblem(sent.sentence);
    onSent(sent.value);
  }

  return {
    missing,
    problem,
    share,
    submit: (event) => {
      event.preventDefault();
      void send(event.currentTarget);
    },
    clear: () => {
      setProblem(null);
      setMissing(undefined);
    },
  };
}

type Shown = {
  sending: FileSending;
  label: string;
  hint: string;
  accept: string;
  /** Title over what was wrong. */
  trouble: string;
  done: string;
  doing: string;
  /** Further fields. */
  children?: ReactNode;
};

/** Its fields, how much has gone, and the button that sends it. */
export function FileForm({ sending, label, hint, accept, trouble, done, doing, children }: Shown) {
  const id = useId();
  const { missing, problem, share, submit } = sending;
  return (
    <form noValidate className="space-y-4" onSubmit={submit}>
      <FieldFrame id={id} label={label} hint={hint} error={missing}>
        <input
          {...fieldWiring(id, { hint, error: missing })}
          type="file"
          name="file"
          accept={accept}
          className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
        />
      </FieldFrame>
      {children}
      {problem !== null && (
        <Notice tone="caution" title={trouble} announce="assertive">
          {problem}
        </Notice>
      )}
      {share !== null && <Sending share={share} />}
      <div className="flex justify-end">
        <Button type="submit" tone="primary" pending={share !== null} pendingLabel={doing}>
          {done}
        </Button>
      </div>
    </form>
  );
}
