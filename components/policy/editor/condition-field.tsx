import { scopeNames } from '#lib/operations/policy-words.ts';
import type { SpendScope } from '#lib/protocol/policy-facts.ts';
import { CheckGroup } from '../../ui/check-group.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import type { ConditionForms, FormCondition, VelocityForm } from '../form/policy-form.ts';
import {
  classChoices,
  conditionLabel,
  riskChoices,
  standingChoices,
  tierChoices,
  withNamed,
  type Offered,
} from './choices.ts';
import { AmountField, RadioRow, SpanField } from './fields.tsx';
import { HoursFields } from './hours-fields.tsx';

export type ConditionFieldProps = {
  name: FormCondition;
  when: ConditionForms;
  offered: Offered;
  error: string | undefined;
  /** Puts a new value in the place of the condition. */
  onChange: (change: ConditionForms) => void;
};

/** The asset whose unit an amount is typed in; null while it is not one. */
const onlyAsset = ({ asset }: ConditionForms): string | null =>
  asset?.length === 1 ? (asset[0] ?? null) : null;

/** The field of one condition. */
export function ConditionField({ name, when, offered, error, onChange }: ConditionFieldProps) {
  const label = conditionLabel(name);
  const group = { label, hideLabel: true, error };
  switch (name) {
    case 'asset':
      return (
        <CheckGroup
          {...group}
          options={withNamed(offered.assets, when.asset ?? [])}
          values={when.asset ?? []}
          onChange={(asset) => onChange({ asset })}
        />
      );
    case 'tier':
      return (
        <CheckGroup
          {...group}
          options={tierChoices}
          values={when.tier ?? []}
          onChange={(tier) => onChange({ tier })}
        />
      );
    case 'vault':
      return (
        <CheckGroup
          {...group}
          options={withNamed(offered.vaults, when.vault ?? [])}
          values={when.vault ?? []}
          onChange={(vault) => onChange({ vault })}
        />
      );
    case 'destination-class':
      return (
        <CheckGroup
          {...group}
          options={classChoices}
          values={when['destination-class'] ?? []}
          onChange={(classes) => onChange({ 'destination-class': classes })}
        />
      );
    case 'risk':
      return (
        <CheckGroup
          {...group}
          options={riskChoices}
          values={when.risk ?? []}
          onChange={(risk) => onChange({ risk })}
        />
      );
    case 'standing':
      return (
        <CheckGroup
          {...group}
          options={standingChoices}
          values={when.standing ?? []}
          onChange={(standing) => onChange({ standing })}
        />
      );
    case 'client':
      return (
        <TextAreaField
          label="Client numbers"
          hint="Such as C-20418; several with commas between them."
          rows={2}
          error={error}
          value={when.client ?? ''}
          onChange={(event) => onChange({ client: event.target.value })}
        />
      );
    case 'amount':
      return (
        <AmountField
          label="More than"
          asset={onlyAsset(when) ?? ''}
          error={error}
          value={when.amount ?? ''}
          onChange={(amount) => onChange({ amount })}
        />
      );
    case 'shortfall':
      return (
        <AmountField
          label="Missing more than"
          hint="The largest open break by which less is there than the books say, as the source of shortfalls signs it."
          asset={onlyAsset(when) ?? ''}
          error={error}
          value={when.shortfall ?? ''}
          onChange={(shortfall) => onChange({ shortfall })}
        />
      );
    case 'eur':
      return (
        <AmountField
          label="Worth more than"
          asset="EUR"
          error={error}
          value={when.eur ?? ''}
          onChange={(eur) => onChange({ eur })}
        />
      );
    case 'destination-age':
      return (
        <SpanField
          label="Listed less than … ago"
          error={error}
          value={when['destination-age'] ?? { count: '', unit: 86_400 }}
          onChange={(age) => onChange({ 'destination-age': age })}
        />
      );
    case 'first-use':
      return (
        <RadioRow
          label={label}
          hideLabel
          options={[
            { value: 'first', label: 'Never paid before' },
            { value: 'known', label: 'Paid before' },
          ]}
          value={when['first-use'] === false ? 'known' : 'first'}
          onChange={(value) => onChange({ 'first-use': value === 'first' })}
        />
      );
    case 'velocity':
      return when.velocity ? (
        <VelocityFields
          value={when.velocity}
          asset={onlyAsset(when) ?? ''}
          error={error}
          onChange={(velocity) => onChange({ velocity })}
        />
      ) : null;
    case 'hours':
      return when.hours ? (
        <HoursFields value={when.hours} error={error} onChange={(hours) => onChange({ hours })} />
      ) : null;
  }
}

const scopes = (Object.entries(scopeNames) as [SpendScope, string][]).map(([value, label]) => ({
  value,
  label,
}));

function VelocityFields({
  value,
  asset,
  error,
  onChange,
}: {
  value: VelocityForm;
  asset: string;
  error: string | undefined;
  onChange: (value: VelocityForm) => void;
}) {
  const isAboutHours = error?.includes('hours') === true;
  return (
    <div className="grid gap-3 medium:grid-cols-2">
      <AmountField
        label="More than"
        hint="This operation included."
        asset={asset}
        error={isAboutHours ? undefined : error}
        value={value.above}
        onChange={(above) => onChange({ ...value, above })}
      />
      <SelectField
        label="Leaves"
        hint="By the party’s own count."
        options={scopes}
        value={value.scope}
        onChange={(event) => onChange({ ...value, scope: event.target.value as SpendScope })}
      />
      <TextField
        label="Within"
        inputMode="numeric"
        maxLength={3}
        unit="hours"
        error={isAboutHours ? error : undefined}
        value={value.hours}
        onChange={(event) => onChange({ ...value, hours: event.target.value.trim() })}
      />
    </div>
  );
}
