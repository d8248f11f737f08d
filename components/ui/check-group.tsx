import { useId, type ReactNode } from 'react';
import { FieldError, fieldWiring, type FieldText } from './field-frame.tsx';

export type CheckGroupProps<T extends string> = FieldText & {
  options: readonly { value: T; label: ReactNode }[];
  values: readonly T[];
  onChange: (values: T[]) => void;
  /** For a group whose heading stands above it already. */
  hideLabel?: boolean;
};

/** Several of a few, all of them in view: the browser's own check boxes, each in a frame of its own. */
export function CheckGroup<T extends string>({
  label,
  hint,
  error,
  options,
  values,
  onChange,
  hideLabel = false,
}: CheckGroupProps<T>) {
  const id = useId();
  const { 'aria-describedby': described, 'aria-invalid': invalid } = fieldWiring(id, {
    hint,
    error,
  });
  return (
    <fieldset aria-describedby={described} className="min-w-0">
      <legend className={hideLabel ? 'sr-only' : 'mb-1 font-medium'}>{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-text-quiet">
          {hint}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="inline-flex min-h-8 items-center gap-2 rounded-sm border border-line-control bg-surface px-2.5 has-checked:border-accent has-checked:bg-info-ground"
          >
            <input
              type="checkbox"
              value={option.value}
              checked={values.includes(option.value)}
              aria-invalid={invalid}
              onChange={(event) =>
                // In the order of the options, so that the same choice is always the same list.
                onChange(
                  options
                    .map(({ value }) => value)
                    .filter((value) =>
                      value === option.value ? event.target.checked : values.includes(value),
                    ),
                )
              }
              className="size-4 shrink-0 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  );
}
