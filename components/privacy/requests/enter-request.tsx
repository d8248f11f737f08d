import { channels, rights } from '#lib/privacy/requests/life.ts';
import { openRequestAction } from '#lib/privacy/request-actions.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { NowField } from './now-field.tsx';

/** What of a receipt the desk says, however the request came. */
export const ReceiptFields = ({ serverNow }: { serverNow: string }) => (
  <>
    <SelectField
      label="What is asked for"
      name="right"
      placeholder="Choose the right"
      options={Object.entries(rights).map(([value, { name, article }]) => ({
        value,
        label: `${name} (Art ${article})`,
      }))}
    />
    <NowField
      label="Received at"
      name="receivedAt"
      hint="UTC. When it reached any desk or server of ours: the month runs from then."
      serverNow={serverNow}
    />
    <TextAreaField
      label="From what the receipt is known"
      name="reasons"
      hint="Only where it was received earlier than now, such as the stamp of the post room."
      rows={2}
      maxLength={8000}
    />
    <SelectField
      label="For whom"
      name="forAnother"
      defaultValue="no"
      options={[
        { value: 'no', label: 'For themselves' },
        { value: 'yes', label: 'For somebody else' },
      ]}
    />
  </>
);

/** Takes in a request that came by any channel but the public form. */
export const EnterRequest = ({ serverNow }: { serverNow: string }) => (
  <ActDialog
    act={openRequestAction}
    label="Enter a request"
    title="A request came in"
    tone="primary"
    done="Enter it"
    goTo="/privacy/requests"
  >
    <SelectField
      label="How it came"
      name="channel"
      placeholder="Choose how it came"
      options={Object.entries(channels)
        .filter(([value]) => value !== 'form')
        .map(([value, label]) => ({ value, label }))}
    />
    <ReceiptFields serverNow={serverNow} />
    <SelectField
      label="Made electronically"
      name="isElectronic"
      defaultValue="yes"
      hint="Then it is answered electronically, unless the person wants it otherwise (Art 12(3))."
      options={[
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ]}
    />
    <TextField label="Name given" name="name" maxLength={200} hint="May be left out." />
    <TextField
      label="E-mail address given"
      name="email"
      type="email"
      maxLength={254}
      hint="May be left out. It proves nothing about who asks."
    />
    <TextAreaField label="What was said" name="message" rows={5} maxLength={8000} />
  </ActDialog>
);
