import type { ReactNode } from 'react';
import { TextLink } from './text-link.tsx';

export type Crumb = { label: ReactNode; href?: string };

export type PageHeaderProps = {
  title: ReactNode;
  /** One sentence that says how things stand. */
  state?: ReactNode;
  /** The one main action of the page. */
  action?: ReactNode;
  /** Way back, from the area down to this page; the last one has no link. */
  crumbs?: readonly Crumb[];
  /** `statement` sets the title as a sentence to be read and decided on. */
  look?: 'page' | 'statement';
};

/** Head of a page. The heading can take the focus, so a screen can start there. */
export function PageHeader({ title, state, action, crumbs, look = 'page' }: PageHeaderProps) {
  const heading =
    look === 'page'
      ? 'text-lg font-strong tracking-tight'
      : 'text-lg font-normal tracking-tight medium:mb-2 medium:text-xl';
  return (
    <header className="mb-6">
      {crumbs && <Crumbs crumbs={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 id="page-title" tabIndex={-1} className={`text-pretty ${heading}`}>
            {title}
          </h1>
          {state && <div className="mt-1 prose-line text-text-quiet">{state}</div>}
        </div>
        {action && (
          <div className="screen-only flex max-w-full shrink-0 flex-wrap gap-2">{action}</div>
        )}
      </div>
    </header>
  );
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are" className="mb-3 text-sm text-text-quiet">
      <ol className="flex flex-wrap gap-x-1.5">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href ?? index} className="flex min-h-6 items-center gap-x-1.5">
            {index > 0 && <span aria-hidden="true">/</span>}
            {crumb.href ? (
              <TextLink look="plain" href={crumb.href} className="text-text-quiet">
                {crumb.label}
              </TextLink>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Heading of a part of the page. */
export function SectionHeading({
  children,
  id,
  action,
}: {
  children: ReactNode;
  id?: string;
  action?: ReactNode;
}) {
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
      <h2 id={id} className="text-sm font-strong">
        {children}
      </h2>
      {action}
    </div>
  );
}
