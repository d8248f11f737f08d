import { consentWays } from '#lib/persons/consent-ways.ts';
import { recordConsentAction } from '#lib/privacy/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';

/** That a person agreed to be told about services, with what proves it. */
export const RecordConsent = ({ person }: { person: string }) => (
  <ActDialog
    act={recordConsentAction}
    label="Record a consent"
    title="They agreed to be told about services"
    done="Record the consent"
    fixed={{ person }}
    tone="secondary"
  >
    <TextField
      label="Consent"
      name="consent"
      look="mono"
      hint="Its number in the register of consents."
      maxLength={40}
    />
    <TextField
      label="Version of the wording"
      name="wording"
      hint="The one that was asked on that day."
      maxLength={50}
    />
    <TextField label="Given at (UTC)" name="givenAt" type="datetime-local" />
    <SelectField
      label="How it was given"
      name="way"
      placeholder="Choose how"
      defaultValue=""
      options={Object.entries(consentWays).map(([value, label]) => ({ value, label }))}
    />
  </ActDialog>
);
