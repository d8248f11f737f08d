'use client';

import { useEffect } from 'react';

const SENTENCE = 'This draft has changes that are not saved. Leave the page without them?';

/** Links and buttons that leave the page, as a click reaches them. */
function leadsAway(event: MouseEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return false;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return false;
  return link.pathname !== window.location.pathname || link.origin !== window.location.origin;
}

/** While `isDirty`, asks before the page is left: by a link, by closing, by loading anew. */
export function useLeaveWarning(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the router hears of it.
    const onClick = (event: MouseEvent) => {
      if (!leadsAway(event) || window.confirm(SENTENCE)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, { capture: true });
    };
  }, [isDirty]);
}
