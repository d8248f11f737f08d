'use client';

import { noticeResults } from '#lib/privacy/notices/notice-results.ts';
import type { DutyView } from '#lib/privacy/notices/view-notices.ts';
import { endNoticesAction, recordNoticeAction } from '#lib/privacy/rights-actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { optionsOf } from '../clients/complaint-form.tsx';
import { Press } from '../live/press.tsx';
import { SelectField } from '../ui/field.tsx';

/** One recipient after the other: told, or why not. */
export function TellOfChange({ duty: { id, recipients } }: { duty: DutyView }) {
  const left = recipients.filter(({ result }) => result === null);
  return (
    <ActDialog
      act={recordNoticeAction}
      label="Record a recipient"
      title="A recipient of the data"
      done="Record it"
      size="small"
      fixed={{ duty: id }}
    >
      <SelectField
        label="Recipient"
        name="recipient"
        defaultValue={left[0]?.code ?? ''}
        options={left.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <SelectField
        label="Was it told?"
        name="result"
        placeholder="Choose what was done"
        options={optionsOf(noticeResults)}
      />
    </ActDialog>
  );
}

export const EndNotices = ({ duty: { id } }: { duty: DutyView }) => (
  <Press
    label="No recipient is left"
    failed="Not recorded."
    send={() => endNoticesAction({ duty: id })}
  />
);
