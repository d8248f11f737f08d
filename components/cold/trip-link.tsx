import type { ReactNode } from 'react';

const LOOKS = {
  plain: 'text-text decoration-line-strong underline-offset-3 hover:underline',
  accent:
    'text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current',
};

/**
 * Leads to the page of a trip by loading it anew: only that page may use the camera, and a browser
 * keeps the permissions of the page that it loaded last.
 */
export function TripLink({
  operation,
  look = 'plain',
  children,
}: {
  operation: string;
  /** `plain` is for the first column of a table, where place says that it is a link. */
  look?: keyof typeof LOOKS;
  children: ReactNode;
}) {
  return (
    <a href={`/cold/${operation}`} className={`rounded-sm ${LOOKS[look]}`}>
      {children}
    </a>
  );
}
