import { recordProfileAction } from '#lib/incidents/actions.ts';
import {
  contactFields,
  entityTypes,
  profileFacts,
  type ContactField,
} from '#lib/incidents/entity/profile.ts';
import type { ProfileView } from '#lib/incidents/entity/view-profile.ts';
import { memberStates } from '#lib/incidents/member-states.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { optionsOf } from '../clients/complaint-form.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '../ui/field.tsx';

/** Says what this entity is, as a new version. What stands in it is what is said so far. */
export function EntityForm({ view: { profile, newest, contacts } }: { view: ProfileView }) {
  const facts = profile?.facts;
  const choice = (value: string | undefined) =>
    value === undefined ? {} : { defaultValue: value };
  return (
    <ActDialog
      act={recordProfileAction}
      label={profile === null ? 'Record the entity' : 'Change'}
      title="What this entity is to the law"
      tone="primary"
      done={`Record version ${newest + 1}`}
      fixed={{ seen: String(newest) }}
    >
      <TextField label="Name" name="name" defaultValue={facts?.name} maxLength={200} />
      <TextField
        label="Legal Entity Identifier"
        name="lei"
        look="mono"
        hint="20 letters and digits."
        defaultValue={facts?.lei}
        maxLength={20}
      />
      <SelectField
        label="Type"
        name="type"
        placeholder="Choose the type"
        {...choice(facts?.type)}
        options={optionsOf(entityTypes)}
      />
      <SelectField
        label="Member State"
        name="memberState"
        placeholder="Choose the Member State"
        {...choice(facts?.memberState)}
        options={optionsOf(memberStates)}
      />
      <TextField
        label="Subdivision"
        name="region"
        hint="Whose holidays count too, such as BY for Bavaria. Empty for national ones only."
        defaultValue={facts?.region ?? ''}
        maxLength={4}
      />
      <TextField
        label="Time zone"
        name="zone"
        hint="Such as Europe/Berlin."
        defaultValue={facts?.zone}
        maxLength={60}
      />
      <TextField
        label="Competent authority"
        name="authority"
        defaultValue={facts?.authority}
        maxLength={200}
      />
      <TextField
        label="Essential or important under NIS2 since"
        name="nis2Since"
        type="date"
        hint="Empty when it is neither. It loses the relief at weekends and on holidays."
        defaultValue={facts?.nis2Since ?? ''}
      />
      <TextField
        label="Authority’s decision against the relief, notified on"
        name="reliefWithdrawnOn"
        type="date"
        hint="Empty when there is none (2025/301, Art 5(6))."
        defaultValue={facts?.reliefWithdrawnOn ?? ''}
      />
      <CheckField
        name="isMicroenterprise"
        value="yes"
        label="It is a microenterprise"
        defaultChecked={facts?.isMicroenterprise ?? false}
      />
      <SelectField
        label="Currency of its reports"
        name="currency"
        defaultValue={facts?.currency ?? 'EUR'}
        options={profileFacts.shape.currency.options.map((value) => ({ value, label: value }))}
      />
      <TextField
        label="Ultimate parent, name"
        name="parentName"
        hint="Empty when there is none."
        defaultValue={facts?.parent?.name ?? ''}
        maxLength={200}
      />
      <TextField
        label="Ultimate parent, LEI"
        name="parentLei"
        look="mono"
        defaultValue={facts?.parent?.lei ?? ''}
        maxLength={20}
      />
      <TextAreaField
        label="Holidays to add"
        name="holidaysAdded"
        hint="Days such as 2026-12-24, beside those of the calendar."
        rows={2}
        defaultValue={facts?.holidays.added.join(', ') ?? ''}
      />
      <TextAreaField
        label="Holidays to leave out"
        name="holidaysRemoved"
        hint="Days of the calendar that are working days here."
        rows={2}
        defaultValue={facts?.holidays.removed.join(', ') ?? ''}
      />
      {(Object.keys(contactFields) as ContactField[]).map((field) => (
        <TextField
          key={field}
          label={contactFields[field]}
          name={field}
          type={field.endsWith('email') ? 'email' : field.endsWith('phone') ? 'tel' : 'text'}
          defaultValue={contacts?.[field] ?? ''}
          maxLength={200}
        />
      ))}
    </ActDialog>
  );
}
