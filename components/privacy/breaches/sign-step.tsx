'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { prepareBreachStepAction, submitBreachStepAction } from '#lib/privacy/breach-actions.ts';
import type { PreparedStep } from '#lib/privacy/breaches/prepare-step.ts';
import { formValues } from '../../clients/form-values.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { pressKey } from '../../operations/press-key.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';

type Asked = {
  step: string;
  about: Readonly<Record<string, string>>;
  /** Words of the button that opens it. */
  label: string;
  title: string;
  /** Words of the button that presses the key. */
  done: string;
  /** The server writes a text out of what is on record, which is read before it is signed. */
  isRead?: boolean;
  tone?: 'primary' | 'secondary';
  children: ReactNode;
};

/** @returns what went wrong in words, null when it is on record. */
async function signPrepared({ nonce, options }: PreparedStep): Promise<string | null> {
  const press = await pressKey(options);
  if (!press.ok) return press.sentence;
  const answer = await submitBreachStepAction({ nonce, assertion: press.assertion });
  return answer.ok ? null : answer.refusal.sentence;
}

/** A form whose end is a press of the key. What is decided stands in it before it is pressed. */
export function SignStep(asked: Asked) {
  const { step, about, label, title, done, isRead = false, tone = 'secondary', children } = asked;
  const [isOpen, setOpen] = useState(false);
  /** What was seen when it was begun: what comes in between is not decided on unread. */
  const [seen, setSeen] = useState(about);
  const [prepared, setPrepared] = useState<PreparedStep | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  function begin() {
    setSeen(about);
    setOpen(true);
  }

  function close() {
    setOpen(false);
    setPrepared(null);
    setProblem(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = { ...formValues(new FormData(event.currentTarget)), ...seen, step };
    setBusy(true);
    setProblem(null);
    const answer = await prepareBreachStepAction(values).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    if (answer.value.document === null) return sign(answer.value);
    setBusy(false);
    setPrepared(answer.value);
  }

  async function sign(ready: PreparedStep) {
    setBusy(true);
    setProblem(null);
    const wrong = await signPrepared(ready).catch(() => noAnswer);
    if (wrong === null)
      return refresh(() => {
        setBusy(false);
        close();
      });
    setBusy(false);
    // What was asked for is used up, or no longer stands: it is made anew.
    setPrepared(null);
    setProblem(wrong);
  }

  return (
    <>
      <Button tone={tone} size="small" onClick={begin}>
        {label}
      </Button>
      <Dialog open={isOpen} onClose={close} title={title}>
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          <div hidden={prepared !== null} className="space-y-4">
            {children}
          </div>
          {prepared?.document && <Document text={prepared.document} />}
          {problem !== null && (
            <Notice tone="caution" title="Not recorded." announce="assertive">
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            {prepared === null ? (
              // A button of its own: as the one that says “Change it” it would send the form by the same press.
              <Button
                key="submit"
                type="submit"
                tone="primary"
                pending={isBusy}
                pendingLabel={isRead ? 'Writing it' : 'Waiting for your key'}
              >
                {isRead ? 'Read what you sign' : done}
              </Button>
            ) : (
              <>
                <Button onClick={() => setPrepared(null)}>Change it</Button>
                <Button
                  tone="primary"
                  pending={isBusy}
                  pendingLabel="Waiting for your key"
                  onClick={() => void sign(prepared)}
                >
                  {done}
                </Button>
              </>
            )}
          </div>
        </form>
      </Dialog>
    </>
  );
}

const Document = ({ text }: { text: string }) => (
  <>
    <p>
      This goes to the authority word for word, and your signature names its digest. Sign it within
      five minutes; later it is written anew.
    </p>
    <pre
      aria-label="The text that you sign"
      className="rounded-md border border-line p-3 text-sm wrap-anywhere whitespace-pre-wrap"
    >
      <bdi>{text}</bdi>
    </pre>
  </>
);
