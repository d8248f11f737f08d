import { useId, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../ui/button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { Notice } from '../ui/notice.tsx';

/** Frame of a form that raises something: the server's refusal, the fields, one button. */
export function RaiseForm({
  refusal,
  checking,
  isHidden,
  onSubmit,
  children,
}: {
  refusal: string | null;
  checking: boolean;
  /** While its content is reviewed the form stays, so that nothing typed is lost. */
  isHidden: boolean;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  children: ReactNode;
}) {
  const hintId = useId();
  return (
    <form noValidate hidden={isHidden} onSubmit={onSubmit} className="max-w-prose space-y-5">
      {refusal !== null && (
        <Notice tone="danger" title="Not accepted." announce="assertive">
          {refusal}
        </Notice>
      )}
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
