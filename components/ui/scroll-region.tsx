'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';

/**
 * A region that scrolls sideways where the screen is not full width, and where its content is too wide even so: the page
 * never does. While something lies beyond its edge, the edge is drawn and words say so, because a cut figure can look
 * like a whole one.
 */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);

  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setOverflows(element.scrollWidth > element.clientWidth),
    );
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  const look = overflows
    ? 'overflow-x-auto overscroll-x-contain border-e-3 border-e-line-strong'
    : 'max-full:overflow-x-auto max-full:overscroll-x-contain';
  return (
    <>
      <div
        ref={region}
        role="region"
        aria-label={label}
        // A region that scrolls must be reachable, or the keyboard can't see its far end.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-rows=""
        // A head that stays in view needs a region that does not scroll.
        data-scrolls={overflows ? 'yes' : 'no'}
        className={`group/rows rounded-md ${look}`}
      >
        {children}
      </div>
      {overflows && (
        <p className="screen-only px-3 pt-2 text-sm text-text-quiet">Scroll sideways for more.</p>
      )}
    </>
  );
}
