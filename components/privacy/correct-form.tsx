'use client';

import { useState } from 'react';
import { CheckGroup } from '../ui/check-group.tsx';
import { ActDialog, type Act } from '../clients/act-dialog.tsx';
import type { CorrectableField } from '#lib/privacy/rectification/view-corrections.ts';
import { ValueField } from './value-field.tsx';

/** Chooses fields and writes each as it should be. */
export function CorrectForm({
  act,
  label,
  says,
  fixed,
  fields,
  tone = 'secondary',
}: {
  act: Act;
  label: string;
  /** What happens with it. */
  says: string;
  fixed: Readonly<Record<string, string>>;
  fields: readonly CorrectableField[];
  tone?: 'primary' | 'secondary';
}) {
  const [chosen, setChosen] = useState<CorrectableField['name'][]>([]);
  return (
    <ActDialog act={act} label={label} title="What should be otherwise" fixed={fixed} tone={tone}>
      <p>{says}</p>
      <CheckGroup
        label="Which details"
        options={fields.map(({ name, label: word }) => ({ value: name, label: word }))}
        values={chosen}
        onChange={setChosen}
      />
      {chosen.map((name) => (
        <ValueField key={name} name={name} none="Choose" />
      ))}
    </ActDialog>
  );
}
