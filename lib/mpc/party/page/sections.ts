/** Sections of facts as HTML. */
import type { Fact, Section } from '../view/section.ts';
import { html, type Markup } from './markup.ts';
import { hex, words } from './parts.ts';

/** Said in words, too, so that nothing hangs on colour. */
const markWords = { good: '', caution: 'Look: ', danger: 'Stop: ' } as const;

/** Groups of four stand apart by style alone, so that a copy of the text has no blanks in it. */
const fours = (text: string): Markup[] =>
  (text.match(/.{1,4}/gu) ?? []).map((four) => html`<span>${four}</span>`);

function value({ text, as }: Fact): Markup | string {
  switch (as) {
    case 'code':
      return html`<code><bdi>${text}</bdi></code>`;
    case 'address':
      return html`<code class="address"><bdi>${fours(text)}</bdi></code>`;
    case 'digest':
      return hex(text);
    case 'words':
      return words(text.split(' '));
    default:
      return html`<bdi>${text}</bdi>`;
  }
}

export function factRow(fact: Fact): Markup {
  const { term, notes = [], mark } = fact;
  const said = mark ? markWords[mark] : '';
  return html`<dt>${term}</dt>
    <dd ${mark ? html`class="${mark}"` : null}>
      ${said === '' ? null : html`<span class="unseen">${said}</span>`}${value(fact)}
      ${notes.map((note) => html`<p class="note"><bdi>${note}</bdi></p>`)}
    </dd>`;
}

export const section = ({ title, lead, facts }: Section): Markup =>
  html`<section>
    <h2>${title}</h2>
    ${lead === undefined ? null : html`<p class="quiet">${lead}</p>`}
    ${facts.length === 0 ? null : html`<dl>${facts.map(factRow)}</dl>`}
  </section>`;
