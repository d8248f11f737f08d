import { useId } from 'react';
import type { Group } from '#lib/protocol/roster.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { CONTROL, FieldError } from '../../ui/field-frame.tsx';
import type { NeedForm } from '../form/policy-form.ts';
import { RadioRow, SpanField } from './fields.tsx';
import type { RuleFieldsProps } from './rule-fields.tsx';

const GROUPS: readonly { value: Group; label: string }[] = [
  { value: 'control', label: 'Control' },
  { value: 'custody', label: 'Custody' },
  { value: 'recovery', label: 'Recovery' },
];
const NEEDS_MAX = 6;

/** What happens once every condition holds: people are asked, or it is refused. */
export function OutcomeFields({
  rule,
  errors,
  onChange,
}: Pick<RuleFieldsProps, 'rule' | 'errors' | 'onChange'>) {
  return (
    <section aria-label="What it asks for" className="space-y-4">
      <RadioRow
        label="Then"
        options={[
          { value: 'allow', label: 'People are asked' },
          { value: 'deny', label: 'It is refused' },
        ]}
        value={rule.effect}
        onChange={(effect) => onChange((before) => ({ ...before, effect }))}
      />
      {rule.effect === 'deny' ? (
        <TextField
          label="Why it is refused"
          hint="Whoever tries reads this, such as “the chain is halted”."
          maxLength={300}
          error={errors.reason}
          value={rule.reason}
          onChange={(event) => {
            const reason = event.target.value;
            onChange((before) => ({ ...before, reason }));
          }}
        />
      ) : (
        <>
          <Needs
            needs={rule.needs}
            error={errors.needs}
            onChange={(needs) => onChange((before) => ({ ...before, needs }))}
          />
          <SpanField
            label="Wait after the last statement (may stay empty)"
            hint="Each party waits so long before it acts; anyone entitled may say no meanwhile."
            error={errors.delay}
            value={rule.delay}
            onChange={(delay) => onChange((before) => ({ ...before, delay }))}
          />
          <CheckField
            label="Ask for the second channel"
            hint="Each person types the code that the party of their group shows them at its own page."
            checked={rule.secondChannel}
            onChange={(event) => {
              const secondChannel = event.target.checked;
              onChange((before) => ({ ...before, secondChannel }));
            }}
          />
        </>
      )}
    </section>
  );
}

function Needs({
  needs,
  error,
  onChange,
}: {
  needs: readonly NeedForm[];
  error: string | undefined;
  onChange: (needs: NeedForm[]) => void;
}) {
  const id = useId();
  const change = (place: number, to: Partial<NeedForm>) =>
    onChange(needs.map((need, index) => (index === place ? { ...need, ...to } : need)));
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="min-w-0">
      <legend className="mb-1 font-medium">People, beside whoever raises it</legend>
      <ul className="space-y-2">
        {needs.map((need, index) => (
          <li key={index} className="flex flex-wrap items-center gap-2">
            <input
              aria-label={`People in line ${index + 1}`}
              aria-invalid={error ? true : undefined}
              inputMode="numeric"
              autoComplete="off"
              maxLength={2}
              value={need.people}
              onChange={(event) => change(index, { people: event.target.value.trim() })}
              className={`${CONTROL} h-9 max-w-14 tabular-nums`}
            />
            <select
              aria-label={`What they do in line ${index + 1}`}
              value={need.decision}
              onChange={(event) =>
                change(index, { decision: event.target.value as NeedForm['decision'] })
              }
              className={`${CONTROL} h-9 max-w-36`}
            >
              <option value="approve">approve</option>
              <option value="cosign">co-sign</option>
            </select>
            <span className="text-text-quiet">of</span>
            <select
              aria-label={`Group in line ${index + 1}`}
              value={need.group}
              onChange={(event) => change(index, { group: event.target.value as Group })}
              className={`${CONTROL} h-9 max-w-36`}
            >
              {GROUPS.map((group) => (
                <option key={group.value} value={group.value}>
                  {group.label}
                </option>
              ))}
            </select>
            <Button
              tone="quiet"
              size="small"
              aria-label={`Take out line ${index + 1}`}
              onClick={() => onChange(needs.filter((_, place) => place !== index))}
            >
              Take out
            </Button>
          </li>
        ))}
      </ul>
      {error && <FieldError id={id}>{error}</FieldError>}
      {needs.length < NEEDS_MAX && (
        <Button
          size="small"
          className="mt-2"
          onClick={() =>
            onChange([...needs, { group: 'recovery', decision: 'cosign', people: '1' }])
          }
        >
          Ask one more group
        </Button>
      )}
    </fieldset>
  );
}
