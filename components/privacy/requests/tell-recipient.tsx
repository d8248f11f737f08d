'use client';

import { notifyRecipientAction } from '#lib/privacy/request-actions.ts';
import { recipientResults } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { ActDialog, type Act } from '../../clients/act-dialog.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';

/** One that is not in the list is written in. */
const tell: Act = ({ other, recipient, ...given }) =>
  notifyRecipientAction({
    ...given,
    recipient: typeof other === 'string' && other.trim() !== '' ? other.trim() : recipient,
  });

/** One recipient after the other: told, or why not (Art 19). */
export function TellRecipient({
  about,
  recipients,
  ...look
}: {
  about: Readonly<Record<string, string>>;
  /** Those that are not on record yet. */
  recipients: RequestView['recipients'];
  tone?: 'primary' | 'secondary';
  size?: 'regular' | 'small';
}) {
  return (
    <ActDialog
      act={tell}
      label="Record a recipient"
      title="A recipient of the data"
      done="Record it"
      fixed={about}
      {...look}
    >
      <SelectField
        label="Recipient"
        name="recipient"
        defaultValue={recipients[0]?.code ?? ''}
        options={[
          ...recipients.map(({ code, name }) => ({ value: code, label: name })),
          { value: '', label: 'Another one' },
        ]}
      />
      <TextField
        label="Another one, by the name of a register"
        name="other"
        look="mono"
        maxLength={60}
        hint="Small letters, digits and hyphens, and no name of a person. Empty where the list has it."
      />
      <SelectField
        label="Was it told?"
        name="result"
        placeholder="Choose what was done"
        options={optionsOf(recipientResults)}
      />
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint="Why it was not told, such as how you know that it received none of these data; empty where it was."
        rows={3}
        maxLength={8000}
      />
    </ActDialog>
  );
}
