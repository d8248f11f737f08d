'use client';

import { useState } from 'react';
import { CheckGroup } from '../ui/check-group.tsx';
import { ActDialog, type Act } from '../clients/act-dialog.tsx';
import type { CorrectableField } from '#lib/privacy/rectification/view-corrections.ts';
import { SourceField } from './source-field.tsx';
import { ValueField } from './value-field.tsx';

/** Chooses fields and writes each as it should be. */
export function CorrectForm({
  act,
  label,
  says,
  fixed,
  fields,
  asksSource = false,
  tone = 'secondary',
}: {
  act: Act;
  label: string;
  /** What happens with it. */
  says: string;
  fixed: Readonly<Record<string, string>>;
  fields: readonly CorrectableField[];
  /** From where the new values are; a request of the person says it by itself. */
  asksSource?: boolean;
  tone?: 'primary' | 'secondary';
}) {
  return (
    <ActDialog act={act} label={label} title="What should be otherwise" fixed={fixed} tone={tone}>
      <p>{says}</p>
      <Details fields={fields} />
      {asksSource && <SourceField />}
    </ActDialog>
  );
}

/** Chosen anew each time that the form opens, as what was written in it is gone by then. */
function Details({ fields }: { fields: readonly CorrectableField[] }) {
  const [chosen, setChosen] = useState<CorrectableField['name'][]>([]);
  return (
    <>
      <CheckGroup
        label="Which details"
        options={fields.map(({ name, label }) => ({ value: name, label }))}
        values={chosen}
        onChange={setChosen}
      />
      {chosen.map((name) => (
        <ValueField key={name} name={name} none="Choose" />
      ))}
    </>
  );
}
