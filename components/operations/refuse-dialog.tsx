'use client';

import { useId, useState, type SubmitEvent } from 'react';
import { prepareDecisionAction } from '#lib/operations/actions.ts';
import { reasonLabels } from '#lib/operations/reason-labels.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import { useOperation } from './operation-live.tsx';
import { isBusy, pendingLabels, StatementStatus } from './statement-status.tsx';
import { useStatement } from './use-statement.ts';

const reasons = Object.entries(reasonLabels).map(([value, label]) => ({ value, label }));

type Errors = { reason?: string; note?: string };

const fieldText = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

function errorsOf(reason: string, note: string): Errors {
  const noteFault = findTextFault(note, textRules.note);
  return {
    ...(reason === '' ? { reason: 'Choose a reason.' } : {}),
    ...(noteFault === null ? {} : { note: noteFault }),
  };
}

/** A no is a signed statement too, with its reason. What was typed stays when it is refused. */
export function RefuseDialog({
  open,
  decision,
  onClose,
  onDone,
}: {
  open: boolean;
  decision: 'reject' | 'cancel';
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const { live, seen } = useOperation();
  const formId = useId();
  const [errors, setErrors] = useState<Errors>({});
  const maker = useStatement(onDone);
  const verb = decision === 'reject' ? 'Reject' : 'Cancel';
  const busy = isBusy(maker.phase);

  function close() {
    maker.forget();
    setErrors({});
    onClose();
  }

  function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = fieldText(form, 'reason');
    const note = fieldText(form, 'note');
    const found = errorsOf(reason, note);
    setErrors(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    const { id, revision } = seen;
    void maker.make(() =>
      prepareDecisionAction({ operation: id, revision, decision, reason, note }),
    );
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={`${verb} ${live.number}`}
      actions={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            tone="danger"
            pending={busy}
            pendingLabel={pendingLabels[maker.phase]}
          >
            {verb} with key
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={send} noValidate className="space-y-4">
        <p className="text-text-quiet">
          One {decision === 'reject' ? 'rejection' : 'cancellation'} ends it for everybody. It is
          signed and kept like an approval{live.hold !== null && '; what it held is free again'}.
        </p>
        <SelectField
          label="Reason"
          name="reason"
          placeholder="Choose a reason"
          options={reasons}
          error={errors.reason}
        />
        <TextAreaField
          label="Note"
          name="note"
          maxLength={500}
          hint="For colleagues and auditors. Three characters at least."
          error={errors.note}
        />
        <StatementStatus maker={maker} action={`${verb.toLowerCase()} ${live.number}`} />
      </form>
    </Dialog>
  );
}
