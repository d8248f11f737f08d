'use client';

import { recordSubmissionAction } from '#lib/resilience/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { TextField } from '../ui/field.tsx';

/** Records that the register was submitted: the duty of the year counts from it. */
export function RecordSubmission({ date, today }: { date: string; today: string }) {
  return (
    <ActDialog
      act={recordSubmissionAction}
      label="Record that it was submitted"
      title="Record that the register was submitted"
      done="Record it"
    >
      <p className="prose-line text-text-quiet">
        Once the authority has confirmed it. What is recorded stays; the next submission is due a
        year after the newest day.
      </p>
      <TextField
        label="Submitted on"
        name="submittedOn"
        type="date"
        defaultValue={today}
        max={today}
      />
      <TextField label="Filed for" name="referenceDate" type="date" defaultValue={date} />
      <TextField
        label="Reference of the authority"
        name="reference"
        look="mono"
        maxLength={200}
        hint="As its confirmation gives it."
      />
    </ActDialog>
  );
}
