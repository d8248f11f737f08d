'use client';

import { useState, type FormEvent } from 'react';
import { prepareLiftAction, submitLiftAction } from '#lib/privacy/retention-actions.ts';
import { Press } from '../../live/press.tsx';
import { useRefresh } from '../../live/use-refresh.ts';
import { pressKey } from '../../operations/press-key.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';

type Answer = { ok: true } | { ok: false; refusal: { code: string; sentence: string } };
type About = Readonly<Record<'id' | 'seen', string>>;

/** The server prepares the statement, the key signs it, the server takes it. */
async function liftWithKey(input: object): Promise<Answer> {
  const prepared = await prepareLiftAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitLiftAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

/** The second person lifts what was proposed. */
export const LiftHold = ({ about }: { about: About }) => (
  <Press
    label="Lift with key"
    tone="primary"
    failed="Not lifted."
    send={() => liftWithKey({ ...about, step: 'lifted' })}
  />
);

/** The first person proposes it, with reasons and their key. */
export function ProposeLift({ about, number }: { about: About; number: string }) {
  const [isOpen, setOpen] = useState(false);
  /** What was seen when it was begun: what comes in between is not decided on unread. */
  const [seen, setSeen] = useState(about);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  function close() {
    setOpen(false);
    setProblem(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reasons = new FormData(event.currentTarget).get('reasons');
    setBusy(true);
    setProblem(null);
    const answer = await liftWithKey({ ...seen, step: 'lift-proposed', reasons }).catch(() => null);
    if (answer?.ok)
      return refresh(() => {
        setBusy(false);
        close();
      });
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button
        onClick={() => {
          setSeen(about);
          setOpen(true);
        }}
      >
        Propose to lift it
      </Button>
      <Dialog open={isOpen} onClose={close} title={`Lift ${number}`}>
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          <p>
            Once another person has lifted it, what it covered goes when its time is over. You sign
            that it is not needed any more, with the digest of your reasons.
          </p>
          <TextAreaField
            label="Reasons"
            name="reasons"
            rows={4}
            maxLength={8000}
            hint="Sealed. Why nothing of it is needed any more, and how that is known."
          />
          {problem !== null && (
            <Notice tone="caution" title="Not proposed." announce="assertive">
              {problem}
            </Notice>
          )}
          <div className="flex justify-end">
            <Button
              type="submit"
              tone="primary"
              pending={isBusy}
              pendingLabel="Waiting for your key"
            >
              Propose with key
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
