import { Fragment } from 'react';
import { PartyPageLink } from '../operations/party-page-link.tsx';

export type StopPage = { party: string; address: string };

/** Where the same can be done without this console. */
export function StopPages({ pages }: { pages: readonly StopPage[] }) {
  if (pages.length === 0) return null;
  return (
    <p>
      Also when this console is down, or you don’t trust it: at each party’s own page,{' '}
      {pages.map(({ party, address }, index) => (
        <Fragment key={party}>
          {index > 0 && (index === pages.length - 1 ? ' or ' : ', ')}
          <PartyPageLink address={address}>{party}</PartyPageLink>
        </Fragment>
      ))}
      . The parties tell each other.
    </p>
  );
}
