import { Button } from './button.tsx';
import { LinkButton } from './link-button.tsx';

/** The end of a filter's form: to ask, and to ask for nothing again. */
export function FilterButtons({
  isAsked,
  all,
}: {
  /** Whether anything is asked for now. */
  isAsked: boolean;
  /** Address at which nothing is. */
  all: string;
}) {
  return (
    <div className="flex gap-2">
      <Button type="submit">Show</Button>
      {isAsked && (
        <LinkButton tone="quiet" href={all}>
          Show all
        </LinkButton>
      )}
    </div>
  );
}
