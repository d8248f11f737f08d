'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { beginDraftAction } from '#lib/operations/policy/actions.ts';
import { draftNameRule } from '#lib/operations/policy/draft-name.ts';
import { findTextFault } from '#lib/protocol/free-text.ts';
import { focusFirstField } from '../raise/read-form.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Begins a draft over the policy in force and leads to it. */
export function NewDraft() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  function refuse(sentence: string) {
    setError(sentence);
    if (form.current) focusFirstField(form.current);
  }

  async function begin() {
    if (pending) return;
    const fault = findTextFault(name, draftNameRule);
    if (fault !== null) return refuse(fault);
    setError(null);
    setPending(true);
    const answer = await beginDraftAction({ name }).catch(() => null);
    if (answer?.ok) router.push(`/policy/drafts/${answer.value.id}`);
    else {
      refuse(answer ? answer.refusal.sentence : noAnswer);
      setPending(false);
    }
  }

  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        Draft a change
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Draft a change of the policy">
        <form
          ref={form}
          noValidate
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            void begin();
          }}
        >
          <TextField
            label="What is it for"
            hint="Colleagues find it by this, such as “Lower cap over the holidays”."
            maxLength={draftNameRule.most}
            error={error}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <p className="text-sm text-text-quiet">
            It begins with the rules in force. Nothing in a draft counts before it is raised.
          </p>
          <Button type="submit" tone="primary" pending={pending} pendingLabel="Beginning">
            Begin the draft
          </Button>
        </form>
      </Dialog>
    </>
  );
}
