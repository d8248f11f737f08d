/** The party's own page: what it is, which genesis it is offered or has pinned, what it decided. */
import { partyWords } from '#lib/protocol/fingerprints.ts';
import type { Party } from '../party.ts';
import { readGenesis } from '../store/trust.ts';
import { utc } from '../view/section.ts';
import { decisions } from './decisions.ts';
import { frame } from './frame.ts';
import { html, type Markup } from './markup.ts';
import { nothingOffered, offered } from './offered.ts';
import { alert, fact, hex, hint, words } from './parts.ts';
import { pinned } from './pinned.ts';

function identity(party: Party): Markup {
  const { config } = party;
  const { name, group } = config;
  const { identityKey, exchangeKey } = party.identity;
  return html`<section>
    <h2>This party</h2>
    ${words(partyWords({ name, group, identityKey, exchangeKey }))}
    ${hint('The console must show the same six words beside the name of this party.')}
    <dl>
      ${fact('Name', config.name)}${fact('Acts for the group', config.group)}${fact('Runs as', config.mode)}
      ${fact('Identity key', hex(identityKey))}${fact('Exchange key', hex(exchangeKey))}
      ${fact('Clock', utc(party.now().toISOString()))}
    </dl>
  </section>`;
}

/** What the page is about comes first: the party itself, the document to pin, the one pinned. */
function sections(party: Party, problem: string | null): Markup {
  const { trust } = party;
  const genesis = readGenesis(party.database);
  if (trust) return html`${alert(problem)}${pinned(party, trust, genesis)}${identity(party)}`;
  if (!genesis) return html`${alert(problem)}${identity(party)}${nothingOffered}`;
  return html`${offered(party, genesis, problem)}${identity(party)}`;
}

/** @param problem one constant sentence about the form that was sent, or null. */
export function renderPage(party: Party, problem: string | null): string {
  const { config, trust } = party;
  return frame(party, {
    heading: `Party ${config.name}`,
    lead: trust
      ? 'This party decides for itself. It believes its own records and nobody else.'
      : 'This party is new: it takes part in nothing until a genesis is pinned here.',
    current: '/',
    body: html`${sections(party, problem)}${decisions(party)}`,
  });
}
