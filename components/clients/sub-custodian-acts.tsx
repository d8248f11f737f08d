import {
  checkSubCustodianAction,
  endSubCustodianAction,
  informOfSubCustodianAction,
  recordSubCustodianAction,
} from '#lib/clients/actions.ts';
import type { SubCustodianView } from '#lib/clients/sub-custodians/list-sub-custodians.ts';
import { authorisations, memberStates } from '#lib/clients/sub-custodians/sub-custodian.ts';
import { ChoiceField, SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';
import { optionsOf } from './complaint-form.tsx';

const authorisedField = (
  <ChoiceField
    label="What the register of the authority says"
    name="authorised"
    options={optionsOf(authorisations)}
  />
);

/** Takes another custodian into the register. */
export function SubCustodianForm() {
  return (
    <ActDialog
      act={recordSubCustodianAction}
      label="Record a sub-custodian"
      title="Another custodian is to keep clients’ assets"
      tone="primary"
    >
      <TextField label="Name" name="name" maxLength={200} />
      {authorisedField}
      <TextField
        label="Entry in the register"
        name="authorisation"
        hint="Of the authority or of ESMA, so that anybody can look it up."
        maxLength={200}
      />
      <SelectField
        label="Member State that authorised it"
        name="memberState"
        placeholder="Choose the Member State"
        options={memberStates.map((code) => ({ value: code, label: code }))}
      />
      <TextField
        label="Legal entity identifier"
        name="lei"
        look="mono"
        hint="Where it has one."
        maxLength={20}
      />
      <TextField
        label="Assets it keeps"
        name="assets"
        look="mono"
        hint="Codes, such as SOL, EUR."
      />
      <TextField label="Authorisation looked up on" name="authorisationCheckedOn" type="date" />
      <TextField label="Due diligence of" name="dueDiligenceOn" type="date" />
      <TextField
        label="Keeps something from"
        name="from"
        type="date"
        hint="Not before both were done."
      />
    </ActDialog>
  );
}

/** What can be done about one that is in use. */
export function SubCustodianActs({ one }: { one: SubCustodianView }) {
  const fixed = { id: one.id, seen: String(one.steps.length) };
  const note = (hint: string) => (
    <TextAreaField label="Note" name="note" hint={hint} rows={3} maxLength={4000} />
  );
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <ActDialog
        act={informOfSubCustodianAction}
        label={
          one.steps.some(({ step }) => step === 'informed')
            ? 'Record that clients were informed again'
            : 'Record that clients were informed'
        }
        title={`${one.number}: clients were informed`}
        size="small"
        fixed={fixed}
      >
        {note('How and when, such as with which statement of position.')}
      </ActDialog>
      <ActDialog
        act={checkSubCustodianAction}
        label="Check again"
        title={`${one.number}: looked up again`}
        size="small"
        fixed={fixed}
      >
        {authorisedField}
        <TextField
          label="Newest due diligence of"
          name="dueDiligenceOn"
          type="date"
          defaultValue={one.dueDiligenceOn}
        />
        {note('What was looked at.')}
      </ActDialog>
      <ActDialog
        act={endSubCustodianAction}
        label="Record that it keeps nothing any more"
        title={`${one.number} keeps nothing any more`}
        size="small"
        fixed={fixed}
      >
        <p>Its entry ends. Everything that it kept for clients has left it.</p>
        <TextAreaField label="Reasons" name="reasons" rows={3} maxLength={4000} />
      </ActDialog>
    </div>
  );
}
