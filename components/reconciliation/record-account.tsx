'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { recordBankAccountAction } from '#lib/reconciliation/bank/actions.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { bankAccountPath } from './bank-words.ts';

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Blanks are for reading; the number itself has none. */
const withoutBlanks = (text: string): string => text.replaceAll(/\s/gu, '').toUpperCase();

/** Puts an account at a credit institution on record, then shows its page. */
export function RecordAccount() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    const answer = await recordBankAccountAction({
      id: textOf(form, 'id'),
      institution: textOf(form, 'institution'),
      bic: withoutBlanks(textOf(form, 'bic')),
      iban: withoutBlanks(textOf(form, 'iban')),
      segregated: form.get('segregated') === 'on',
      openedOn: textOf(form, 'openedOn'),
    }).catch(() => null);
    setPending(false);
    if (answer?.ok) router.push(bankAccountPath(answer.value.account));
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <form noValidate className="space-y-6" onSubmit={(event) => void submit(event)}>
      <TextField
        label="Name of the account"
        name="id"
        hint="Its name in the ledger, for good: small letters, digits and hyphens, such as clients-1."
        maxLength={40}
        look="mono"
        required
      />
      <TextField label="Credit institution" name="institution" maxLength={80} required />
      <TextField label="BIC" name="bic" maxLength={11} look="mono" required />
      <TextField label="IBAN" name="iban" maxLength={42} look="mono" required />
      <TextField
        label="Opened on"
        name="openedOn"
        hint="Such as 2026-11-27."
        maxLength={10}
        look="mono"
        required
      />
      <CheckField
        name="segregated"
        label="It is for clients’ money only and can be told apart from accounts of the custodian’s own"
        hint="Clients’ money must be in such an account by the end of the business day after it came (MiCA Art 70)."
      />
      {problem !== null && (
        <Notice tone="caution" title="Not put on record." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={pending} pendingLabel="Writing it down">
        Put it on record
      </Button>
    </form>
  );
}
