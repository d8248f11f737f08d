import { Icon } from '../ui/icon.tsx';
import { menuIcon } from '../ui/icon-shapes.ts';
import type { AppFrameProps } from './app-frame.tsx';
import { AreaLinks, AreaName } from './area-nav.tsx';
import { Clock } from './clock.tsx';
import { Wordmark } from './mark.tsx';

/** Where, in which environment, when and who. Narrow, all of it but the name is behind "Menu". */
export function TopBar(props: AppFrameProps) {
  return (
    <header className="screen-only border-b border-line bg-surface wide:sticky wide:top-0 wide:z-20">
      <WideBar {...props} />
      <details className="wide:hidden">
        <summary className="flex h-12 items-center justify-between gap-4 px-4 -outline-offset-2">
          <span className="flex min-w-0 items-center gap-3">
            <Wordmark />
            <span className="truncate text-text-quiet">
              <AreaName groups={props.areas} />
            </span>
          </span>
          <span className="inline-flex shrink-0 items-center gap-2 text-text-quiet">
            Menu
            <Icon shape={menuIcon} />
          </span>
        </summary>
        <NarrowMenu {...props} />
      </details>
    </header>
  );
}

function WideBar({ organisation, mode, areas, search, serverNow, person, signOut }: AppFrameProps) {
  return (
    <div className="hidden h-12 items-center justify-between gap-6 px-6 text-text-quiet wide:flex">
      <div className="flex min-w-0 items-center gap-6">
        <p className="truncate">
          {organisation}, {mode} /{' '}
          <span className="text-text">
            <AreaName groups={areas} />
          </span>
        </p>
        {search}
      </div>
      <div className="flex shrink-0 items-center gap-4">
        <Clock serverNow={serverNow} />
        <Person {...person} />
        <div className="-me-2.5">{signOut}</div>
      </div>
    </div>
  );
}

function NarrowMenu(props: AppFrameProps) {
  const { areas, organisation, mode, serverNow, person, signOut, search, railFoot } = props;
  return (
    <div className="space-y-4 border-t border-line bg-sunken px-2 py-3">
      {search && <div className="px-2">{search}</div>}
      <nav aria-label="Areas">
        <AreaLinks groups={areas} />
      </nav>
      <div className="space-y-2 border-t border-line px-2.75 pt-3 text-text-quiet">
        <p>
          {organisation}, {mode}
        </p>
        <p>
          <Clock serverNow={serverNow} />
        </p>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Person {...person} />
          <div className="-me-2.5">{signOut}</div>
        </div>
        {railFoot && <div className="-mx-1.5">{railFoot}</div>}
      </div>
    </div>
  );
}

function Person({ name, role }: { name: string; role: string }) {
  return (
    <span className="whitespace-nowrap text-text-quiet">
      <strong className="text-text">{name}</strong> · {role}
    </span>
  );
}
