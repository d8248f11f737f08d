import type { ReactNode } from 'react';

/**
 * A place in the rail. `count` is of what waits for the person who looks, and is left out at 0;
 * `badge` stands in its place where the count is live. One that is refused to the person has a name,
 * for whoever comes to its address, and no link.
 */
export type Area = {
  label: string;
  href: string;
  /** Addresses elsewhere that belong to it all the same. */
  also?: readonly string[];
  count?: number;
  badge?: ReactNode;
  isRefused?: boolean;
};

/** Areas under one heading; the first group has none. */
export type AreaGroup = { heading?: string; areas: readonly Area[] };

/** The area a path lies in: the one with the longest address that the path starts with. */
export function areaOf(groups: readonly AreaGroup[], path: string): Area | null {
  let found: { area: Area; length: number } | null = null;
  for (const area of groups.flatMap((group) => group.areas))
    for (const href of [area.href, ...(area.also ?? [])]) {
      const inside = path === href || path.startsWith(`${href.replace(/\/$/, '')}/`);
      if (inside && href.length >= (found?.length ?? 0)) found = { area, length: href.length };
    }
  return found?.area ?? null;
}
