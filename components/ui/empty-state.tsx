import type { ReactNode } from 'react';

export type EmptyStateProps = {
  /** What would be here. */
  title: ReactNode;
  /** Why there is none. */
  children?: ReactNode;
  /** What to do. */
  action?: ReactNode;
};

/** Says what would be here, why there is none, and what to do. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="rounded-md border border-line bg-surface px-6 py-10">
      <p className="font-strong">{title}</p>
      {children && <p className="mt-1 prose-line text-text-quiet">{children}</p>}
      {action && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
