import type { OverviewView } from '#lib/reconciliation/view-overview.ts';
import { Notice } from '../ui/notice.tsx';

/** How far the newest request is, or why it failed; nothing where it is done. */
export function RequestProgress({ request }: { request: OverviewView['request'] }) {
  if (request === null || request.state === 'done') return null;
  if (request.state === 'failed')
    return (
      <Notice tone="danger" title="The last comparison did not finish.">
        {request.fault}
      </Notice>
    );
  const { done, total } = request;
  return (
    <div role="status" className="rounded-md border border-line bg-surface px-4 py-3">
      <p>
        {request.state === 'waiting'
          ? 'Waiting for the worker to begin.'
          : `Comparing: ${done} of ${total} done.`}
      </p>
      {total > 0 && (
        <progress
          value={done}
          max={total}
          aria-label="Comparing"
          className="mt-2 h-2 w-full accent-accent"
        />
      )}
    </div>
  );
}
