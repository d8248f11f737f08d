'use client';

import { useState } from 'react';
import type { FieldName } from '#lib/persons/field-map.ts';
import {
  alwaysAllowed,
  restrictionGrounds,
  useGroundNames,
  useGrounds,
  type RestrictionGround,
  type UseGround,
} from '#lib/persons/uses.ts';
import { restrictPersonAction } from '#lib/privacy/rights-actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { CheckGroup } from '../ui/check-group.tsx';
import { SelectField } from '../ui/field.tsx';

const choosable = useGroundNames.filter((ground) => ground !== alwaysAllowed);

/** Restricts other than by the one press: fields, ground and what goes on are chosen. */
export function RestrictDialog({
  id,
  ground,
  fields,
}: {
  id: string;
  /** The ground that the right suggests. */
  ground: RestrictionGround;
  fields: readonly { name: FieldName; label: string }[];
}) {
  const [chosen, setChosen] = useState<FieldName[]>([]);
  const [allows, setAllows] = useState<UseGround[]>([...choosable]);
  return (
    <ActDialog
      act={(values) => restrictPersonAction({ ...values, fields: chosen, allows })}
      label="Restrict in part"
      title="Restrict processing"
      done="Restrict"
      fixed={{ id }}
    >
      <SelectField
        label="On which ground"
        name="ground"
        defaultValue={ground}
        options={Object.entries(restrictionGrounds).map(([value, { name, article }]) => ({
          value,
          label: `${name} (Art ${article})`,
        }))}
      />
      <CheckGroup
        label="Which details"
        hint="None chosen means all that is held."
        options={fields.map(({ name, label }) => ({ value: name, label }))}
        values={chosen}
        onChange={setChosen}
      />
      <CheckGroup
        label="On what they may still be used"
        hint="What the person themself asks for goes on always, and so does storing."
        options={choosable.map((value) => ({ value, label: useGrounds[value] }))}
        values={allows}
        onChange={setAllows}
      />
    </ActDialog>
  );
}
