import { useId, type ReactNode } from 'react';
import { TextField } from '../../ui/field.tsx';
import { CONTROL, FieldError, fieldWiring, type FieldText } from '../../ui/field-frame.tsx';
import { exactText, type SpanText } from '../form/form-values.ts';

const UNITS = [
  { value: 1, label: 'seconds' },
  { value: 60, label: 'minutes' },
  { value: 3600, label: 'hours' },
  { value: 86_400, label: 'days' },
] as const;

export type SpanFieldProps = Omit<FieldText, 'label'> & {
  label: string;
  value: SpanText;
  onChange: (value: SpanText) => void;
  /** For a field in a table, whose row says what it is. */
  hideLabel?: boolean;
};

/** A span of time: a whole number, and its unit beside it. */
export function SpanField({ label, hint, error, value, onChange, hideLabel }: SpanFieldProps) {
  const id = useId();
  return (
    <div className="max-w-form">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1 block font-medium'}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-text-quiet">
          {hint}
        </p>
      )}
      <span className="flex gap-2">
        <input
          {...fieldWiring(id, { hint, error })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
          value={value.count}
          onChange={(event) => onChange({ ...value, count: event.target.value.trim() })}
          className={`${CONTROL} h-9 max-w-24 tabular-nums`}
        />
        <select
          aria-label={`Unit of: ${label}`}
          value={value.unit}
          onChange={(event) => onChange({ ...value, unit: Number(event.target.value) })}
          className={`${CONTROL} h-9 max-w-32`}
        >
          {UNITS.map((unit) => (
            <option key={unit.value} value={unit.value}>
              {unit.label}
            </option>
          ))}
        </select>
      </span>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

export type AmountFieldProps = FieldText & {
  /** Code of the asset, or EUR. */
  asset: string;
  value: string;
  onChange: (value: string) => void;
};

/** An amount in the unit of its asset, and below it exactly what it comes to. */
export function AmountField({ asset, value, onChange, ...text }: AmountFieldProps) {
  const exact = value === '' ? null : exactText(value, asset);
  return (
    <div>
      <TextField
        {...text}
        look="mono"
        inputMode="decimal"
        maxLength={90}
        unit={asset}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {exact !== null && (
        <p className="mt-1 text-sm text-text-quiet tabular-nums">Exactly {exact}</p>
      )}
    </div>
  );
}

/** One of two or three, as radio buttons in a row. */
export function RadioRow<T extends string>({
  label,
  options,
  value,
  onChange,
  hideLabel = false,
}: {
  label: string;
  options: readonly { value: T; label: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
  hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={hideLabel ? 'sr-only' : 'mb-1 font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {options.map((option) => (
          <label key={option.value} className="inline-flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="size-4 shrink-0 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
