'use client';

import { useEffect } from 'react';

/**
 * `j` and `k` move between the rows of a table; `Enter` then follows the row's link, as everywhere.
 * They work once the focus is inside the table. With `anywhere` they also find the page's first
 * table from outside it, which takes a switch to turn them off beside it (WCAG 2.1.4). No key of
 * this console approves anything.
 */
export function RowKeys({ anywhere = false }: { anywhere?: boolean }) {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== 'j' && event.key !== 'k') return;
      if (!(event.target instanceof Element) || event.target.matches('input, textarea, select'))
        return;
      const region =
        event.target.closest('[data-rows]') ??
        (anywhere ? document.querySelector('[data-rows]') : null);
      if (!region) return;
      // One link a row, and none that the width of the screen hides.
      const links = [...region.querySelectorAll('tbody tr')].flatMap(
        (tr) =>
          [...tr.querySelectorAll<HTMLElement>('th a[href]')].find((link) =>
            link.checkVisibility(),
          ) ?? [],
      );
      const row = event.target.closest('tr');
      const current = links.findIndex((link) => row?.contains(link));
      const next = event.key === 'j' ? current + 1 : Math.max(0, current - 1);
      links[Math.min(next, links.length - 1)]?.focus();
      event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [anywhere]);
  return null;
}
