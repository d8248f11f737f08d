/** Forms about who received, or is to receive, the data of a person. */
import type { EventKind } from '#lib/privacy/requests/life.ts';
import {
  addRecipientAction,
  askTransmissionAction,
  strikeRecipientAction,
} from '#lib/privacy/request-actions.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import type { PlainAct } from './act-fields.tsx';

const most = 8000;

export const recipientActs: Readonly<Partial<Record<EventKind, PlainAct>>> = {
  'recipient-added': {
    act: addRecipientAction,
    label: 'Add a recipient',
    title: 'Somebody received data of the person',
    done: 'Put it on record',
    fields: () => (
      <>
        <p>
          The person reads it in their copy, by name (Art 15(1)(c)). An authority that asked in an
          inquiry is no recipient (Art 4(9)), and naming it may tip off.
        </p>
        <TextField label="Recipient" name="recipient" maxLength={200} />
        <TextField
          label="Received on"
          name="receivedOn"
          type="date"
          hint="Empty where it goes on, or nobody knows the day."
        />
        <TextAreaField
          label="What was received, and why"
          name="received"
          rows={3}
          maxLength={most}
        />
      </>
    ),
  },
  'recipient-struck': {
    act: strikeRecipientAction,
    label: 'Strike a recipient',
    title: 'A recipient was put on record by mistake',
    done: 'Take it off the record',
    fields: ({ standing }) => (
      <>
        <SelectField
          label="Recipient"
          name="of"
          placeholder="Choose the entry"
          options={[...standing.received.keys()].map((seq) => ({
            value: String(seq),
            label: `Entry ${seq}`,
          }))}
        />
        <TextAreaField label="Reasons" name="reasons" rows={3} maxLength={most} />
      </>
    ),
  },
  'transmission-asked': {
    act: askTransmissionAction,
    label: 'Record where to',
    title: 'The person wants the data sent to another controller',
    done: 'Record it',
    fields: () => (
      <>
        <TextField
          label="Controller"
          name="recipient"
          hint="Name and where to, as the person gave them. What is recorded last holds."
          maxLength={200}
        />
        <SelectField
          label="Technically feasible (Art 20(2))"
          name="isFeasible"
          placeholder="Choose"
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No, it goes to the person' },
          ]}
        />
        <TextAreaField label="Where not, why" name="reasons" rows={3} maxLength={most} />
      </>
    ),
  },
};
