import Link from 'next/link';
import type { ReactNode } from 'react';
import { LocalTimes } from '../ui/local-times.tsx';
import { SkipLink } from '../ui/skip-link.tsx';
import { AreaLinks } from './area-nav.tsx';
import type { AreaGroup } from './areas.ts';
import { EnvironmentStrip, type Mode } from './environment-strip.tsx';
import { Wordmark } from './mark.tsx';
import { TopBar } from './top-bar.tsx';

export type AppFrameProps = {
  mode: Mode;
  organisation: string;
  areas: readonly AreaGroup[];
  /** Where the mark leads: the person's own first page. */
  home: string;
  person: { name: string; role: string };
  /** ISO instant at which the server draws this page. */
  serverNow: string;
  /** Form that ends the session, with a quiet small button. */
  signOut: ReactNode;
  /** Search field, once there is one. */
  search?: ReactNode;
  /** Foot of the rail: choice of theme, help. */
  railFoot?: ReactNode;
  children: ReactNode;
};

/** What stands around every page of a signed-in person: where, when, who, and in which installation. */
export function AppFrame(props: AppFrameProps) {
  const { mode, children } = props;
  return (
    <>
      <SkipLink />
      <EnvironmentStrip mode={mode} />
      <div className="wide:grid wide:grid-cols-[13rem_minmax(0,1fr)] print:block">
        <Rail {...props} />
        <div className="flex min-h-[calc(100dvh-var(--spacing)*7.25)] min-w-0 flex-col">
          <TopBar {...props} />
          <main
            id="content"
            tabIndex={-1}
            className="w-full max-w-page flex-1 px-4 py-6 outline-none wide:px-6"
          >
            {children}
          </main>
        </div>
      </div>
      <LocalTimes />
    </>
  );
}

/** Its foot stands above the fold even before the strip has scrolled away. */
function Rail({ mode, areas, home, railFoot }: AppFrameProps) {
  const height = mode === 'sandbox' ? 'h-[calc(100dvh-var(--spacing)*7.25)]' : 'h-dvh';
  return (
    <div className="screen-only hidden border-e border-line bg-sunken wide:block">
      <nav
        aria-label="Areas"
        className={`sticky top-0 flex flex-col overflow-y-auto px-2 ${height}`}
      >
        <Link
          href={home}
          prefetch={false}
          className="mb-1 flex h-12 shrink-0 items-center rounded-md px-2.75 -outline-offset-2"
        >
          <Wordmark />
        </Link>
        <AreaLinks groups={areas} />
        {railFoot && <div className="mt-auto px-1.5 pt-6 pb-3">{railFoot}</div>}
      </nav>
    </div>
  );
}
