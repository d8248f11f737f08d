import Link from 'next/link';
import type { ReactNode } from 'react';

export type Tab = { label: ReactNode; href: string; count?: number | undefined; current?: boolean };

/** Siblings of one page, as links: they can be opened, shared and gone back to. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  return (
    <nav aria-label={label} className="screen-only mb-6 overflow-x-auto border-b border-line">
      <ul className="flex flex-wrap gap-x-6">
        {tabs.map((tab) => (
          <li key={tab.href} className="shrink-0">
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? 'page' : undefined}
              className="-outline-offset-2 flex h-9 items-center gap-1.5 border-b-2 border-transparent text-text-quiet transition-colors hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-sm tabular-nums">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
