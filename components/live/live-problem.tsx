import { Notice } from '../ui/notice.tsx';
import { LiveRefusal } from './read-live.ts';

/**
 * Stands above what can no longer be kept up to date. That the session has ended is said once, for
 * the whole page, by `SessionWatch`.
 */
export function LiveProblem({ error }: { error: Error | null }) {
  if (!error || (error instanceof LiveRefusal && error.code === 'signed-out')) return null;
  return (
    <div className="mb-4">
      <Notice tone="caution" title="Not up to date." announce="polite">
        {error.message} What stands here is as it was last read.
      </Notice>
    </div>
  );
}
