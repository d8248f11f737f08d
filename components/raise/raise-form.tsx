'use client';

import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../ui/button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { focusFirstError, focusFirstField, type FieldErrors } from './read-form.ts';
import { RefusalNotice } from './refusal-notice.tsx';

/** Frame of a form that raises something: the server's refusal, the fields, one button. */
export function RaiseForm({
  refusal,
  fieldErrors,
  checking,
  isHidden,
  onSubmit,
  children,
}: {
  refusal: string | null;
  /** What the server said against its fields, which they show themselves. */
  fieldErrors?: FieldErrors;
  checking: boolean;
  /** While its content is reviewed the form stays, so that nothing typed is lost. */
  isHidden: boolean;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  children: ReactNode;
}) {
  const hintId = useId();
  const form = useRef<HTMLFormElement>(null);
  const wasHidden = useRef(isHidden);

  useEffect(() => {
    // The button that led back here is gone, and the focus with it; a refusal takes it by itself.
    if (wasHidden.current && !isHidden && refusal === null && form.current)
      focusFirstField(form.current);
    wasHidden.current = isHidden;
  }, [isHidden, refusal]);

  useEffect(() => {
    // After the effect above: a field that was refused comes before the first one.
    if (!isHidden && fieldErrors && form.current) focusFirstError(form.current, fieldErrors);
  }, [isHidden, fieldErrors]);

  return (
    <form
      ref={form}
      noValidate
      hidden={isHidden}
      onSubmit={onSubmit}
      className="max-w-prose space-y-5"
    >
      {refusal !== null && <RefusalNotice sentence={refusal} />}
      {children}
      <div>
        <Button
          type="submit"
          tone="primary"
          pending={checking}
          pendingLabel="Checking"
          aria-describedby={hintId}
        >
          Check and read it
        </Button>
        <div id={hintId}>
          <Footing>The next step shows exactly what you sign. Nothing is raised before.</Footing>
        </div>
      </div>
    </form>
  );
}
