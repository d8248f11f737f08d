import type { ReactNode } from 'react';

/** Leads to a party's own origin, in a window of its own, so that this page stays as it is. */
export function PartyPageLink({ address, children }: { address: string; children: ReactNode }) {
  return (
    <a href={address} target="_blank" rel="noreferrer" className="text-accent underline">
      {children}
    </a>
  );
}
