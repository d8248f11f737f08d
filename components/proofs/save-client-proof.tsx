'use client';

import { useState } from 'react';
import { saveClientProofAction } from '#lib/operations/proofs/actions.ts';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { saveText } from '../travel/save-text.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { proofFileName } from './proof-words.ts';

const findErrors = ({ client = '' }: Record<string, string>): FieldErrors =>
  /^C-\d{4,10}$/.test(client.trim()) ? {} : { client: 'Enter a client number, such as C-20418.' };

/** Saves one client's proof, or asks the worker for it where it takes longer to make. */
export function SaveClientProof({ snapshot }: { snapshot: string }) {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [said, setSaid] = useState<string | null>(null);
  const refresh = useRefresh();

  async function save(client: string) {
    setBusy(true);
    setSaid(null);
    const answer = await saveClientProofAction({ snapshot, client }).catch(() => null);
    setBusy(false);
    if (!answer) return setErrors({ client: noAnswer });
    if (!answer.ok) return setErrors({ client: answer.refusal.sentence });
    const { file } = answer.value;
    if (file === null) {
      setSaid(
        `The worker makes the proof of ${client}, which takes minutes where there are many clients. It is listed below when it can be saved.`,
      );
      return refresh();
    }
    saveText(file, proofFileName(client, snapshot));
    setSaid(`Saved the proof of ${client}.`);
  }

  return (
    <form
      noValidate
      className="screen-only max-w-prose space-y-3"
      onSubmit={(event) =>
        submitChecked(event, findErrors, setErrors, ({ client = '' }) => void save(client.trim()))
      }
    >
      <TextField
        label="Client number"
        name="client"
        look="mono"
        error={errors['client']}
        hint="The file holds this client’s balances and nothing that names another client. That you made it is in the audit trail."
      />
      <Button type="submit" pending={isBusy} pendingLabel="Making the proof">
        Save this client’s proof
      </Button>
      <p role="status" className="text-sm">
        {said}
      </p>
    </form>
  );
}
