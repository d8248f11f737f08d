import { declineLossAction, payLossAction, proposeLossAction } from '#lib/clients/actions.ts';
import type { LossRecord } from '#lib/clients/losses/view-loss.ts';
import { verdictWords } from '#lib/clients/losses/value-at-loss.ts';
import { ChoiceField, TextAreaField, TextField } from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';
import { optionsOf } from './complaint-form.tsx';
import { DecideDialog } from './decide-dialog.tsx';

/** What this person may do about the loss now. */
export function LossActs({ record: { loss, steps, can } }: { record: LossRecord }) {
  const fixed = { id: loss.id, seen: String(steps.length) };
  return (
    <>
      {can.propose && (
        <ActDialog
          act={proposeLossAction}
          label="Propose a decision"
          title={`What ${loss.number} is`}
          tone="primary"
          done="Propose it"
          fixed={fixed}
        >
          <ChoiceField label="The loss is" name="verdict" options={optionsOf(verdictWords)} />
          <TextField
            label="Owed for it"
            name="liability"
            look="mono"
            unit="EUR"
            hint={`At most ${loss.value}, the value at the time. Leave it out for nothing.`}
            maxLength={80}
          />
          {loss.incident === null && (
            <TextField
              label="Incident"
              name="incident"
              look="mono"
              hint="Its number, where the loss is attributable."
              maxLength={20}
            />
          )}
          <TextAreaField
            label="Reasons"
            name="reasons"
            hint="What shows that it is so. They go to the clients."
            rows={5}
            maxLength={4000}
          />
        </ActDialog>
      )}
      {can.decline && (
        <ActDialog
          act={declineLossAction}
          label="Send back"
          title={`Send ${loss.number} back`}
          done="Send it back"
          fixed={fixed}
        >
          <TextAreaField
            label="Reasons"
            name="reasons"
            hint="What is missing or wrong."
            rows={4}
            maxLength={4000}
          />
        </ActDialog>
      )}
      {can.accept && (
        <DecideDialog
          id={loss.id}
          seen={steps.length}
          decision="accepted"
          label="Accept with key"
          title={`Accept what was proposed for ${loss.number}`}
          done="Accept with key"
        >
          <p>
            You sign the whole case as this page shows it: {loss.verdict?.words.toLowerCase()},{' '}
            {loss.verdict?.liability} EUR owed, and the digest of all shares.
          </p>
        </DecideDialog>
      )}
      {can.pay && (
        <ActDialog
          act={payLossAction}
          label="Paid by a journal"
          title="A journal paid what is owed"
          tone="primary"
          done="Record"
          fixed={fixed}
        >
          <TextField
            label="Journal"
            name="journal"
            look="mono"
            hint="A correction that two people booked since, out of our own accounts, a vault or suspense. It has to credit each account with exactly what is owed in EUR, or with exactly what was lost; it may do so for some of them."
            maxLength={18}
          />
        </ActDialog>
      )}
    </>
  );
}
