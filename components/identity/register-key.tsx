'use client';

import { useState, type FormEvent } from 'react';
import { beginEnrolmentAction, registerKeyAction } from '#lib/identity/actions.ts';
import { readText, textRules } from '#lib/protocol/free-text.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { makeKey } from './make-key.ts';

type Outcome = { registered: boolean; sentence: string };

const LABEL_MAX = 60;

async function register(token: string, label: string): Promise<Outcome> {
  const no = (sentence: string): Outcome => ({ registered: false, sentence });
  const begun = await beginEnrolmentAction(token);
  if (!begun.ok) return no(begun.refusal.sentence);
  const made = await makeKey(begun.value.options);
  if (!made.ok) return no(made.sentence);
  const stored = await registerKeyAction({
    token,
    nonce: begun.value.nonce,
    label,
    registration: made.registration,
  });
  if (!stored.ok) return no(stored.refusal.sentence);
  return { registered: true, sentence: `“${label}” is registered.` };
}

export type RegisterKeyProps = {
  token: string;
  /** Whether this is what the page waits for. */
  isMain: boolean;
  /** No more keys fit. */
  isFull: boolean;
  /** Which key of the person it would be, from 1. */
  place: number;
  onRegistered: () => Promise<void>;
};

/** Names a key and has it make a passkey for this console. */
export function RegisterKey({ token, isMain, isFull, place, onRegistered }: RegisterKeyProps) {
  const [label, setLabel] = useState('');
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const read = readText(label, textRules.keyLabel);
    setFault(read.ok ? null : read.sentence);
    setOutcome(null);
    if (!read.ok) return;
    setPending(true);
    const next = await register(token, read.text).catch(() => ({
      registered: false,
      sentence: noAnswer,
    }));
    if (next.registered) {
      setLabel('');
      await onRegistered();
    }
    setOutcome(next);
    setPending(false);
  }

  if (isFull)
    return <p className="text-text-quiet">No more keys fit. Remove one to register another.</p>;
  return (
    <form noValidate className="space-y-3" onSubmit={(event) => void submit(event)}>
      <TextField
        label={place === 1 ? 'Name of the key' : 'Name of the next key'}
        hint="As you would tell it from others, such as “blue key ring”."
        name="label"
        maxLength={LABEL_MAX}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={fault ?? undefined}
      />
      <Button
        type="submit"
        tone={isMain ? 'primary' : 'secondary'}
        pending={pending}
        pendingLabel="Waiting for your key"
      >
        {place === 1 ? 'Register a key' : 'Register another key'}
      </Button>
      {outcome && (
        <Notice
          tone={outcome.registered ? 'good' : 'caution'}
          title={outcome.registered ? 'Registered.' : 'Not registered.'}
          announce={outcome.registered ? 'polite' : 'assertive'}
        >
          {outcome.sentence}
        </Notice>
      )}
    </form>
  );
}
