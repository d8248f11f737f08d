import type { TripView } from '#lib/operations/cold/view-trip.ts';
import { Code } from '../ui/grouped.tsx';
import { Evidence } from '../ui/timeline.tsx';

/** What people do at the cold site, in a few lines; docs/cold-vault.md has all of it. */
export function SiteSteps({
  kind,
  party,
  group,
  isSandbox,
}: {
  kind: TripView['kind'] | 'news';
  party: string;
  group: string;
  isSandbox: boolean;
}) {
  return (
    <>
      <ol className="list-decimal space-y-1 ps-5">
        <li>
          Open <Code>{party}</Code> on its machine and read the request there. The twelve words on
          its screen are the ones above; with any other stop, and find out.
        </li>
        {kind === 'signing' ? (
          <>
            <li>
              Compare amount and address in the party’s own decode with what you know from elsewhere
              than this console.
            </li>
            <li>
              Somebody of {group} who did not raise this presses their key there. Nobody else’s key
              is taken.
            </li>
          </>
        ) : (
          <li>
            Look at what the step is, and take it.
            {kind === 'ceremony' &&
              ' Leave the party open until the last step: closed before, everything begins anew.'}
          </li>
        )}
        <li>Write the answer’s twelve words down, and bring it back as a file or as codes.</li>
      </ol>
      {isSandbox && (
        <div className="mt-3">
          <Evidence label="In this sandbox">
            The cold site is this very machine, which has a network: that is a convenience of the
            sandbox and guards nothing. Open the party in a terminal with{' '}
            <span className="figures-mono" translate="no">
              npm run cold -- {party} --sandbox
            </span>
            , and its page with a browser.
          </Evidence>
        </div>
      )}
    </>
  );
}
