import { useId, type ComponentProps, type ReactNode } from 'react';
import { CONTROL, FieldError, FieldFrame, fieldWiring, type FieldText } from './field-frame.tsx';

export type TextFieldProps = FieldText &
  Omit<ComponentProps<'input'>, 'id' | 'className' | 'children'> & {
    /** Mono is for addresses, digests, codes and amounts, which are read letter by letter. */
    look?: 'sans' | 'mono';
    /** Unit behind the figure, such as the asset. */
    unit?: ReactNode;
  };

/** One line of text. Spell-checking and completion are off unless asked for. */
export function TextField({ label, hint, error, look = 'sans', unit, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <span className="flex items-center gap-2">
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...fieldWiring(id, { hint, error })}
          className={`${CONTROL} h-9 ${look === 'mono' ? 'figures-mono' : ''}`}
        />
        {unit && <span className="shrink-0 text-text-quiet">{unit}</span>}
      </span>
    </FieldFrame>
  );
}

export type TextAreaFieldProps = FieldText & Omit<ComponentProps<'textarea'>, 'id' | 'className'>;

/** Several lines of text. */
export function TextAreaField({ label, hint, error, rows = 3, ...rest }: TextAreaFieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...rest}
        rows={rows}
        {...fieldWiring(id, { hint, error })}
        className={`${CONTROL} py-2`}
      />
    </FieldFrame>
  );
}

export type SelectOption = { value: string; label: string; disabled?: boolean };

export type SelectFieldProps = FieldText &
  Omit<ComponentProps<'select'>, 'id' | 'className' | 'children'> & {
    options: readonly SelectOption[];
    /** First entry while nothing is chosen; it cannot be sent. */
    placeholder?: string;
  };

/** One of a few, as the browser's own list. */
export function SelectField({
  label,
  hint,
  error,
  options,
  placeholder,
  ...rest
}: SelectFieldProps) {
  const id = useId();
  const unset = placeholder !== undefined && rest.value === undefined;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <select
        {...(unset && rest.defaultValue === undefined ? { defaultValue: '' } : {})}
        {...rest}
        {...fieldWiring(id, { hint, error })}
        className={`${CONTROL} h-9`}
      >
        {placeholder !== undefined && (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

export type CheckFieldProps = FieldText &
  Omit<ComponentProps<'input'>, 'id' | 'className' | 'type'>;

/** A sentence that is either so or not so. */
export function CheckField({ label, hint, error, ...rest }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="max-w-form">
      <label htmlFor={id} className="flex min-h-6 items-start gap-2">
        <input
          type="checkbox"
          {...rest}
          {...fieldWiring(id, { hint, error })}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className="ms-6 text-sm text-text-quiet">
          {hint}
        </p>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

export type ChoiceFieldProps = FieldText & {
  name: string;
  options: readonly (SelectOption & { hint?: ReactNode })[];
  defaultValue?: string;
  required?: boolean;
};

/** One of a few, all of them in view. */
export function ChoiceField({
  label,
  hint,
  error,
  name,
  options,
  defaultValue,
  required,
}: ChoiceFieldProps) {
  const id = useId();
  const { 'aria-describedby': described } = fieldWiring(id, { hint, error });
  return (
    <fieldset className="max-w-form" aria-describedby={described}>
      <legend className="mb-1 font-medium">{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-text-quiet">
          {hint}
        </p>
      )}
      {options.map((option) => (
        <label key={option.value} className="flex min-h-7 items-start gap-2 py-1">
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === defaultValue}
            disabled={option.disabled}
            required={required}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            {option.label}
            {option.hint && <span className="block text-sm text-text-quiet">{option.hint}</span>}
          </span>
        </label>
      ))}
      {error && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  );
}
