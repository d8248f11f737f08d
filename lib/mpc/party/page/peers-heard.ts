/** Which of the other parties hold the same as this one, by what they said last, and where to look. */
import type { RosterParty } from '#lib/protocol/roster.ts';
import type { Party } from '../party.ts';
import { holdsSame } from '../peers.ts';
import { standingOf } from '../standing.ts';
import type { Trust } from '../store/trust.ts';
import { utc, type Mark } from '../view/section.ts';
import { html, type Markup } from './markup.ts';

const silent =
  'Not heard since this party started. It hears of this from this one as soon as it is on.';

/** @param isShared whether what parties tell each other says anything about this stop. */
function said(party: Party, peer: string, isShared: boolean): [string, Mark] {
  const word = party.peers.words.get(peer);
  if (!word) return [silent, 'caution'];
  const at = utc(new Date(word.heardAt).toISOString());
  if (!isShared)
    return [`Last heard at ${at}. Its own page says whether it took the no.`, 'caution'];
  return holdsSame(word, standingOf(party))
    ? [`Holds the same, heard at ${at}.`, 'good']
    : [
        `Does not hold the same yet; last heard at ${at}. While they differ, no share moves.`,
        'caution',
      ];
}

/** The page of another party about the same; a roster may hold any address, and only these are pages. */
function ownPage({ origin }: RosterParty, operation: string): Markup | null {
  return origin !== undefined && /^https?:\/\//u.test(origin)
    ? html`<p class="note"><a href="${origin}/stopped/${operation}">Look at its own page</a></p>`
    : null;
}

/**
 * @param of.isShared false for a lone no, which changes nothing of what parties compare all the time;
 *   they compare it for its operation when they are asked to sign.
 */
export function peersHeard(
  party: Party,
  { roster }: Trust,
  { operation, isShared }: { operation: string; isShared: boolean },
): Markup {
  const rows = roster.parties
    .filter(({ name }) => name !== party.config.name)
    .map((peer) => {
      const [text, mark] = said(party, peer.name, isShared);
      return html`<dt>${peer.name}</dt>
        <dd class="${mark}">${text}${ownPage(peer, operation)}</dd>`;
    });
  return html`<section>
    <h2>Have the other parties heard?</h2>
    <p class="quiet">
      This party tells each of them within seconds of hearing from it. Load the page again to look.
    </p>
    <dl>${rows}</dl>
  </section>`;
}
