'use client';

import { useEffect } from 'react';

/**
 * Puts the local time, with its zone, as a hint on any `<time>` that a pointer or the focus comes
 * to. One listener for the whole page, so that times themselves need no script.
 */
export function LocalTimes() {
  useEffect(() => {
    function addHint(event: Event) {
      const time = event.target instanceof Element ? event.target.closest('time') : null;
      if (!time?.dateTime || time.title) return;
      const instant = new Date(time.dateTime);
      if (Number.isNaN(instant.getTime())) return;
      time.title = `${instant.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })} here`;
    }
    document.addEventListener('pointerover', addHint, { passive: true });
    document.addEventListener('focusin', addHint);
    return () => {
      document.removeEventListener('pointerover', addHint);
      document.removeEventListener('focusin', addHint);
    };
  }, []);
  return null;
}
