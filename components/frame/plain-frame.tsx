import type { ReactNode } from 'react';
import { LocalTimes } from '../ui/local-times.tsx';
import { SkipLink } from '../ui/skip-link.tsx';
import { EnvironmentStrip, type Mode } from './environment-strip.tsx';
import { Wordmark } from './mark.tsx';

/**
 * What stands around a page of somebody not signed in: sign-in, enrolment, genesis. `wide` is for
 * a page that compares things side by side.
 */
export function PlainFrame({
  mode,
  organisation,
  width = 'narrow',
  children,
}: {
  mode: Mode;
  organisation?: string;
  width?: 'narrow' | 'wide';
  children: ReactNode;
}) {
  return (
    <>
      <SkipLink />
      <EnvironmentStrip mode={mode} />
      <div
        className={`mx-auto w-full px-4 wide:px-6 ${width === 'wide' ? 'max-w-page' : 'max-w-prose'}`}
      >
        <header className="flex h-12 items-center justify-between gap-4 wide:mt-6">
          <Wordmark />
          {organisation && <span className="truncate text-text-quiet">{organisation}</span>}
        </header>
        <main id="content" tabIndex={-1} className="py-8 outline-none">
          {children}
        </main>
      </div>
      <LocalTimes />
    </>
  );
}
