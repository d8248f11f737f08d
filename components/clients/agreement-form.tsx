import { contentNames, contents } from '#lib/clients/agreements/contents.ts';
import { registerAgreementAction } from '#lib/clients/actions.ts';
import { CheckField, ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';

/** Registers a signed agreement: its seven contents, its days and what it says about rights events. */
export function AgreementForm({
  client,
  policyVersions,
}: {
  client: string;
  policyVersions: readonly number[];
}) {
  return (
    <ActDialog
      act={registerAgreementAction}
      label="Register an agreement"
      title={`Agreement with ${client}`}
      tone="primary"
      fixed={{ client }}
    >
      <TextField
        label="Parties"
        name="parties"
        hint="As the agreement names them. The names can be erased later."
        maxLength={200}
      />
      <TextField
        label="Signed document"
        name="document"
        hint="Where it is kept, such as a file number."
        maxLength={200}
      />
      <TextField label="Signed on" name="signedOn" type="date" />
      <TextField label="In force from" name="inForceFrom" type="date" />
      <SelectField
        label="Custody policy it names"
        name="policyVersion"
        options={policyVersions.map((version) => ({
          value: String(version),
          label: `Version ${version}`,
        }))}
      />
      <fieldset className="space-y-1.5">
        <legend className="mb-1 font-medium">Contents</legend>
        <p className="mb-1.5 text-sm text-text-quiet">
          Tick what the document contains (MiCA Art 75(1)). With one of the seven missing it is not
          registered.
        </p>
        {contents.map((content) => (
          <CheckField
            key={content}
            name="contents"
            value={content}
            label={`(${content}) ${contentNames[content]}`}
          />
        ))}
      </fieldset>
      <ChoiceField
        label="What forks, airdrops and the like bring"
        name="rights"
        defaultValue="client"
        options={[
          { value: 'client', label: 'goes to the client', hint: 'The rule of the law.' },
          {
            value: 'custodian',
            label: 'goes to the custodian',
            hint: 'Only where the agreement says so expressly, for events after its signature.',
          },
        ]}
      />
    </ActDialog>
  );
}
