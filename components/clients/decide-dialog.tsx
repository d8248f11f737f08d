'use client';

import type { ReactNode } from 'react';
import { prepareCaseDecisionAction, submitCaseDecisionAction } from '#lib/clients/actions.ts';
import { pressKey } from '../operations/press-key.ts';
import { ActDialog, type Act } from './act-dialog.tsx';

/** The server prepares the statement, the key signs it, the server takes it. */
const decideWithKey: Act = async (input) => {
  const prepared = await prepareCaseDecisionAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitCaseDecisionAction({ nonce: prepared.value.nonce, assertion: press.assertion });
};

/** A decision that the second person signs with a key: over the whole entry as the page shows it. */
export function DecideDialog({
  id,
  seen,
  decision,
  label,
  title,
  done,
  children,
}: {
  id: string;
  seen: number;
  decision: 'approved' | 'accepted';
  label: string;
  title: string;
  done: string;
  children: ReactNode;
}) {
  return (
    <ActDialog
      act={decideWithKey}
      label={label}
      title={title}
      tone="primary"
      done={done}
      fixed={{ id, seen: String(seen), decision }}
    >
      {children}
    </ActDialog>
  );
}
