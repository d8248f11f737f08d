import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import {
  addCondition,
  formConditions,
  presentConditions,
  removeCondition,
} from '../form/edit-form.ts';
import type { FormCondition, RuleForm } from '../form/policy-form.ts';
import type { RuleFaults } from '../form/read-rule.ts';
import { conditionLabel, kindChoices, type Offered } from './choices.ts';
import { ConditionField } from './condition-field.tsx';
import { OutcomeFields } from './outcome-fields.tsx';

export type RuleFieldsProps = {
  rule: RuleForm;
  offered: Offered;
  errors: RuleFaults;
  onChange: (change: (rule: RuleForm) => RuleForm) => void;
};

/** Every field of a rule: its name, what it is about, what it asks for. */
export function RuleFields({ rule, offered, errors, onChange }: RuleFieldsProps) {
  return (
    <div className="mt-3 space-y-6 border-t border-line pt-4">
      <TextField
        label="Name"
        hint="As people read it on every operation that this rule decides."
        maxLength={120}
        error={errors.name}
        value={rule.name}
        onChange={(event) => {
          const name = event.target.value;
          onChange((before) => ({ ...before, name }));
        }}
      />
      <CheckGroup
        label="It is about"
        options={kindChoices}
        values={rule.kinds}
        error={errors.kind}
        onChange={(kinds) => onChange((before) => ({ ...before, kinds }))}
      />
      <Conditions rule={rule} offered={offered} errors={errors} onChange={onChange} />
      <OutcomeFields rule={rule} errors={errors} onChange={onChange} />
    </div>
  );
}

function Conditions({ rule, offered, errors, onChange }: RuleFieldsProps) {
  const present = presentConditions(rule.when);
  const [only] = offered.assets.length === 1 ? offered.assets : [];
  return (
    <section aria-label="Conditions">
      <h4 className="font-medium">Only when all of this holds</h4>
      {present.length === 0 && (
        <p className="mt-1 text-sm text-text-quiet">
          No condition: it decides about every operation of these kinds that reaches it.
        </p>
      )}
      {present.map((name) => (
        <div
          key={name}
          role="group"
          aria-label={conditionLabel(name)}
          className="border-b border-line py-3"
        >
          <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <span className="text-text-quiet">{conditionLabel(name)}</span>
            <Button
              tone="quiet"
              size="small"
              aria-label={`Take out: ${conditionLabel(name)}`}
              onClick={() =>
                onChange((before) => ({ ...before, when: removeCondition(before.when, name) }))
              }
            >
              Take out
            </Button>
          </div>
          <ConditionField
            name={name}
            when={rule.when}
            offered={offered}
            error={errors[name]}
            onChange={(change) =>
              onChange((before) => ({ ...before, when: { ...before.when, ...change } }))
            }
          />
        </div>
      ))}
      <AddCondition
        present={present}
        onAdd={(name) =>
          onChange((before) => ({
            ...before,
            when: addCondition(before.when, name, only?.value),
          }))
        }
      />
    </section>
  );
}

function AddCondition({
  present,
  onAdd,
}: {
  present: readonly FormCondition[];
  onAdd: (name: FormCondition) => void;
}) {
  const [chosen, setChosen] = useState('');
  const left = formConditions.filter((name) => !present.includes(name));
  const wanted = left.find((name) => name === chosen);
  if (left.length === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2">
      <div className="w-full max-w-80">
        <SelectField
          label="Add a condition on"
          options={[
            { value: '', label: 'Choose what it looks at' },
            ...left.map((name) => ({ value: name, label: conditionLabel(name) })),
          ]}
          value={wanted ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        />
      </div>
      <Button
        refused={wanted === undefined}
        onClick={() => {
          if (wanted === undefined) return;
          onAdd(wanted);
          setChosen('');
        }}
      >
        Add
      </Button>
    </div>
  );
}
