import {
  acknowledgeComplaintAction,
  decideComplaintAction,
  delayComplaintAction,
} from '#lib/clients/actions.ts';
import type { ComplaintRecord } from '#lib/clients/complaints/view-complaint.ts';
import { languages, outcomes } from '#lib/clients/complaints/words.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';
import { optionsOf } from './complaint-form.tsx';

/** What this person may do about the complaint now. */
export function ComplaintActs({ record }: { record: ComplaintRecord }) {
  const { complaint, steps, can } = record;
  const fixed = { id: complaint.id, seen: String(steps.length) };
  const answer = (
    <SelectField
      label="Language of the answer"
      name="language"
      defaultValue={complaint.language.code}
      hint={`The complaint is in ${complaint.language.name}.`}
      options={optionsOf(languages)}
    />
  );
  return (
    <>
      {can.acknowledge && (
        <ActDialog
          act={acknowledgeComplaintAction}
          label="Acknowledge"
          title={`Acknowledge ${complaint.number}`}
          tone="primary"
          done="It was acknowledged"
          fixed={fixed}
        >
          <p>
            Write to who complained that it was received, who deals with it, and by when they have
            an answer. Then say so here.
          </p>
          {answer}
        </ActDialog>
      )}
      {can.delay && (
        <ActDialog
          act={delayComplaintAction}
          label="Announce a delay"
          title={`${complaint.number} takes longer`}
          done="It was announced"
          fixed={fixed}
        >
          <TextField label="Answer by" name="until" type="date" />
          <TextAreaField
            label="Reasons"
            name="reasons"
            hint="As they were written to who complained."
            rows={4}
            maxLength={4000}
          />
        </ActDialog>
      )}
      {can.decide && (
        <ActDialog
          act={decideComplaintAction}
          label="Decide"
          title={`Decide ${complaint.number}`}
          tone="primary"
          done="Decide it"
          fixed={fixed}
        >
          <SelectField
            label="Outcome"
            name="outcome"
            placeholder="Choose the outcome"
            options={optionsOf(outcomes)}
          />
          <TextAreaField
            label="Reasons"
            name="reasons"
            hint="They answer every point of the complaint, and are what is sent."
            rows={6}
            maxLength={4000}
          />
          {answer}
        </ActDialog>
      )}
    </>
  );
}
