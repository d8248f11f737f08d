'use client';

import { useEffect } from 'react';

/**
 * `j` and `k` move between the rows of a table once the focus is inside it; `Enter` then follows the
 * row's link, as everywhere. Only there: a letter typed elsewhere must never do anything
 * (WCAG 2.1.4), and no key of this console approves anything.
 */
export function RowKeys() {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== 'j' && event.key !== 'k') return;
      if (!(event.target instanceof Element) || event.target.matches('input, textarea, select'))
        return;
      const region = event.target.closest('[data-rows]');
      if (!region) return;
      const links = [...region.querySelectorAll<HTMLElement>('tbody th a[href]')];
      const row = event.target.closest('tr');
      const current = links.findIndex((link) => row?.contains(link));
      const next = event.key === 'j' ? current + 1 : Math.max(0, current - 1);
      links[Math.min(next, links.length - 1)]?.focus();
      event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return null;
}
