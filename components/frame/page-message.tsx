import type { ReactNode } from 'react';

export type PageMessageProps = {
  title: string;
  children: ReactNode;
  action: ReactNode;
  /** What the server's log has the cause under. */
  reference?: string | null;
  /** `frame` is for a message inside a frame, which has the page's main part already. */
  place?: 'alone' | 'frame';
};

/** One message in place of a page: what happened, what was kept, what to do, and a reference. */
export function PageMessage({
  title,
  children,
  action,
  reference,
  place = 'alone',
}: PageMessageProps) {
  const message = (
    <>
      <h1 tabIndex={-1} className="text-lg tracking-tight">
        {title}
      </h1>
      <p className="mt-2 prose-line text-text-quiet">{children}</p>
      {reference && (
        <p className="mt-2 text-text-quiet">
          Reference <span className="figures-mono text-text">{reference}</span>
        </p>
      )}
      <div className="mt-6 flex flex-wrap gap-2">{action}</div>
    </>
  );
  if (place === 'frame') return <div className="py-6">{message}</div>;
  return (
    <main id="content" className="mx-auto max-w-prose px-6 py-16">
      {message}
    </main>
  );
}
