import type { ReactNode } from 'react';

/**
 * Leads to the page of a trip by loading it anew: only that page may use the camera, and a browser
 * keeps the permissions of the page that it loaded last.
 */
export function TripLink({ operation, children }: { operation: string; children: ReactNode }) {
  return (
    <a
      href={`/cold/${operation}`}
      className="rounded-sm text-text decoration-line-strong underline-offset-3 hover:underline"
    >
      {children}
    </a>
  );
}
