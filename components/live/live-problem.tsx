import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { LiveRefusal } from './read-live.ts';

/** Stands above what can no longer be kept up to date, with the way out. */
export function LiveProblem({ error }: { error: Error | null }) {
  if (!error) return null;
  const isSignedOut = error instanceof LiveRefusal && error.code === 'signed-out';
  return (
    <div className="mb-4">
      <Notice
        tone="caution"
        title="Not up to date."
        announce="polite"
        action={isSignedOut && <LinkButton href="/sign-in">Sign in</LinkButton>}
      >
        {error.message} What stands here is as it was last read.
      </Notice>
    </div>
  );
}
