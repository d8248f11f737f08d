'use client';

import { useState, type FormEvent } from 'react';
import { askInvitationAction } from '#lib/operations/actions.ts';
import type { GuestLink as Link } from '#lib/operations/ask-invitation.ts';
import type { GuestSeat } from '#lib/operations/guest-seats.ts';
import { Button } from '../ui/button.tsx';
import { buttonLook } from '../ui/button-look.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatInstant } from '../ui/format.ts';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

const SEATS: readonly { value: GuestSeat; label: string }[] = [
  { value: 'officer', label: 'Officer and administrator: raises' },
  { value: 'approver', label: 'Officer of Control: approves' },
  { value: 'cosigner', label: 'Officer of Custody: co-signs' },
  { value: 'dpo', label: 'Data protection officer: advises' },
];

/** Sandbox only: an enrolment link for whoever asks, so that a used-up one stops nobody. */
export function GuestLink() {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<Link | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const seat = new FormData(event.currentTarget).get('seat');
    setPending(true);
    setProblem(null);
    setMade(null);
    const answer = await askInvitationAction({ seat }).catch(() => null);
    setPending(false);
    if (answer?.ok) setMade(answer.value);
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <p>
        The sample administrator invites anybody who asks here. Each link enrols one new person; a
        withdrawal takes three.
      </p>
      <form noValidate className="space-y-3" onSubmit={(event) => void submit(event)}>
        <SelectField label="Part to play" name="seat" defaultValue="officer" options={SEATS} />
        <Button type="submit" pending={pending} pendingLabel="Making the link">
          Get a link
        </Button>
      </form>
      {made && (
        <Notice
          title={`Link for ${made.name}.`}
          announce="polite"
          action={
            <>
              <a href={made.link} className={buttonLook('secondary', 'regular')}>
                Enrol as {made.name}
              </a>
              <CopyButton text={made.link} what="the enrolment link" />
            </>
          }
        >
          It works once, until {formatInstant(made.expiresAt, 'minute')}. Another person opens it in
          a browser profile of their own, or in a private window.
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="caution" title="No link was made." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
