'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { MouseEvent } from 'react';
import { areaOf, type AreaGroup } from './areas.ts';

/** A menu that was opened to come here has done its work. */
function closeMenu(event: MouseEvent<HTMLElement>) {
  event.currentTarget.closest('details')?.removeAttribute('open');
}

/** The areas as links, the one we are in marked. Stands in the rail and in the narrow menu. */
export function AreaLinks({ groups }: { groups: readonly AreaGroup[] }) {
  const current = areaOf(groups, usePathname());
  return (
    <div className="space-y-4">
      {groups.map((group, index) => (
        <div key={group.heading ?? index}>
          {group.heading && (
            <h2 className="px-2.75 pb-1 text-sm font-medium text-text-quiet">{group.heading}</h2>
          )}
          <ul className="space-y-px">
            {group.areas
              .filter(({ isRefused }) => isRefused !== true)
              .map((area) => (
                <li key={area.href}>
                  <Link
                    href={area.href}
                    prefetch={false}
                    onClick={closeMenu}
                    aria-current={area.href === current?.href ? 'page' : undefined}
                    className="flex h-8 items-center justify-between rounded-md border border-transparent px-2.75 text-text-quiet transition-colors hover:text-text aria-[current=page]:border-line aria-[current=page]:bg-surface aria-[current=page]:text-text"
                  >
                    {area.label}
                    {area.badge ?? <AreaCount count={area.count ?? 0} />}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** How much waits for the person who looks; nothing at 0. */
export function AreaCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="text-sm font-medium text-text tabular-nums">
      {count}
      <span className="sr-only"> waiting for you</span>
    </span>
  );
}

/** Name of the area we are in, for the top bar. */
export function AreaName({ groups }: { groups: readonly AreaGroup[] }) {
  return <>{areaOf(groups, usePathname())?.label ?? ''}</>;
}
