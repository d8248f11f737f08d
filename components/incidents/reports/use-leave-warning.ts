'use client';

import { useEffect } from 'react';

const question = 'What you typed is not saved. Leave the page and lose it?';

/** Asks before a page is left on which something stands that was not saved: by a link, or by closing it. */
export function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    const following = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (
        !(link instanceof HTMLAnchorElement) ||
        link.target === '_blank' ||
        link.hasAttribute('download')
      )
        return;
      const to = new URL(link.href, location.href);
      const isHere = to.pathname === location.pathname && to.search === location.search;
      if (isHere || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', closing);
    document.addEventListener('click', following, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', closing);
      document.removeEventListener('click', following, { capture: true });
    };
  }, [isDirty]);
}
