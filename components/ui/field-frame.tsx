import type { ReactNode } from 'react';

/** What every field has, whatever is typed or chosen in it. */
export type FieldText = {
  label: ReactNode;
  /** What to put in, in which form, before anybody gets it wrong. */
  hint?: ReactNode;
  /** What is wrong and what to do, once somebody did. */
  error?: ReactNode;
};

/** Classes of the box that something is typed into or chosen from. */
export const CONTROL =
  'block w-full rounded-sm border border-line-control bg-surface px-3 text-text ' +
  'placeholder:text-text-quiet disabled:opacity-50 aria-invalid:border-danger';

/** Ids and aria attributes that tie a control to its hint and its error. */
export function fieldWiring(id: string, { hint, error }: Pick<FieldText, 'hint' | 'error'>) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return {
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? true : undefined,
  };
}

/** Label, hint, control and error, in the order they are read. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="max-w-form">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-text-quiet">
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

/** The error line of a field: shape and words, not only a colour. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={`${id}-error`} className="mt-1.5 flex items-baseline gap-1.5 text-sm text-danger">
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="shrink-0">
        <path d="M5 .8 9.6 9.4H.4z" fill="currentColor" />
      </svg>
      <span>{children}</span>
    </p>
  );
}
