/** What surrounds every page of a party: its name, the way to its other pages, its style. */
import type { Party } from '../party.ts';
import { html, type Markup } from './markup.ts';
import { scriptElement } from './press-key.ts';
import { styleElement } from './style.ts';

const pages = [
  ['/', 'This party'],
  ['/operations', 'Operations'],
  ['/stop', 'Freeze or stop'],
  ['/cold', 'Desk'],
] as const;
export type PagePath = (typeof pages)[number][0];

/** Only a party without a network has a desk to which people bring documents. */
const isHere = ({ config }: Party, path: PagePath): boolean =>
  path !== '/cold' || config.cold === true;

function links(party: Party, current: PagePath | null): Markup {
  const here = pages.filter(([path]) => isHere(party, path));
  const items = here.map(
    ([path, name]) =>
      html`<li>
        <a
          href="${path}"
          ${path === '/stop' ? html`class="stop"` : null}
          ${path === current ? html`aria-current="page"` : null}
          >${name}</a
        >
      </li>`,
  );
  return html`<nav aria-label="Pages of this party">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

/** Key presses are made by the one script; everything else works without. */
const withScript = html`<noscript>
    <p class="problem">
      Your browser runs no scripts here, so it can't ask your key. Allow them for this address.
    </p>
  </noscript>
  ${scriptElement}`;

/**
 * A whole page.
 * @param of.current the page of the bar on top that this is; null for one below them.
 * @param of.keys whether the page asks for key presses, which takes the script.
 */
export function frame(
  party: Party,
  of: {
    heading: string;
    lead: Markup | string;
    current: PagePath | null;
    body: Markup;
    keys?: boolean;
    /** Further elements of the head. */
    head?: Markup;
  },
): string {
  const { config, trust } = party;
  const strip =
    config.mode === 'sandbox'
      ? html`<p class="strip">Sandbox. Nothing here protects anything of value.</p>`
      : null;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          ${of.current === '/' ? '' : `${of.heading}, `}Party ${config.name}, Countersign
        </title>
        ${styleElement}${of.head ?? null}
      </head>
      <body>
        ${strip}
        <header>
          <p class="name">Party ${config.name}</p>
          ${trust || config.cold ? links(party, of.current) : null}
        </header>
        <main>
          <h1>${of.heading}</h1>
          <p class="quiet">${of.lead}</p>
          ${of.body}
        </main>
        ${of.keys ? withScript : null}
      </body>
    </html>`.text;
}
