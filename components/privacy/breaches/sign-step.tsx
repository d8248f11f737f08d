'use client';

import type { ReactNode } from 'react';
import { prepareBreachStepAction, submitBreachStepAction } from '#lib/privacy/breach-actions.ts';
import type { Refused } from '#lib/platform/result.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { pressKey } from '../../operations/press-key.ts';

type Answer = { ok: true; value: { seq: number } } | Refused;

/** The server prepares the statement, the key signs it, the server takes it. */
async function signWithKey(input: object): Promise<Answer> {
  const prepared = await prepareBreachStepAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitBreachStepAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

/** A form whose end is a press of the key. What is decided stands in it before it is pressed. */
export function SignStep({
  step,
  about,
  children,
  ...words
}: {
  step: string;
  about: Readonly<Record<string, string>>;
  label: string;
  title: string;
  done: string;
  tone?: 'primary' | 'secondary';
  children: ReactNode;
}) {
  return (
    <ActDialog act={signWithKey} size="small" fixed={{ ...about, step }} {...words}>
      {children}
    </ActDialog>
  );
}
