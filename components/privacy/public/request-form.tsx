'use client';

import { useActionState } from 'react';
import { submitRequestFormAction, type FormState } from '#lib/privacy/public-actions.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SubmitButton } from '../../ui/submit-button.tsx';
import { FormReceipt } from './form-receipt.tsx';
import { publicRights } from './public-words.ts';

const nothing: FormState = { given: {}, answer: null };

/**
 * The form for anybody. Without scripts it is sent as forms always were, and the page comes back with the answer.
 * @param once by which it is known where it is sent twice.
 */
export function RequestForm({ once }: { once: string }) {
  const [{ given, answer }, act] = useActionState(submitRequestFormAction, nothing);
  if (answer?.ok) return <FormReceipt receipt={answer.value} />;
  return (
    <form action={act} className="space-y-5">
      <input type="hidden" name="once" value={once} />
      {answer !== null && (
        <Notice tone="caution" title="It was not sent." announce="assertive">
          {answer.refusal.sentence}
        </Notice>
      )}
      <SelectField
        // A browser that puts the form back takes what was chosen when the field was drawn.
        key={`right ${given.right ?? ''}`}
        label="What do you ask for?"
        name="right"
        required
        defaultValue={given.right ?? ''}
        options={[{ value: '', label: 'Choose what you ask for', disabled: true }, ...publicRights]}
      />
      <TextField
        label="Your name"
        name="name"
        required
        autoComplete="name"
        maxLength={200}
        defaultValue={given.name}
      />
      <TextField
        label="Your e-mail address"
        name="email"
        type="email"
        required
        autoComplete="email"
        maxLength={254}
        hint="To answer you."
        defaultValue={given.email}
      />
      <SelectField
        key={`for ${given.forAnother ?? ''}`}
        label="For whom do you ask?"
        name="forAnother"
        defaultValue={given.forAnother ?? 'no'}
        hint="If you ask for somebody else, we are going to ask you to show that you may."
        options={[
          { value: 'no', label: 'For myself' },
          { value: 'yes', label: 'For somebody else' },
        ]}
      />
      <TextAreaField
        label="In your words"
        name="message"
        required
        rows={6}
        maxLength={8000}
        hint="Which data it is about, and from when, if you know. Send no documents and no passwords."
        defaultValue={given.message}
      />
      <SubmitButton tone="primary" pendingLabel="Sending">
        Send the request
      </SubmitButton>
    </form>
  );
}
