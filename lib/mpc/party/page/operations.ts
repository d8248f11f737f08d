/** What was shown to this party, newest first. */
import type { Party } from '../party.ts';
import { wasRefused } from '../store/noes.ts';
import { findOperation } from '../store/operations.ts';
import { countPresented, listPresented, type Presented } from '../store/presented.ts';
import { doneHere } from '../view/done-here.ts';
import { headline } from '../view/intent-words.ts';
import { utc } from '../view/section.ts';
import { frame } from './frame.ts';
import { html, type Markup } from './markup.ts';

const PAGE_SIZE = 100;

/** A word for the list; the operation's own page says the rest. */
function stateOf(party: Party, of: Presented): string {
  const done = doneHere(party, of);
  if (done) return done.word;
  const attempt = of.bundle.statements[0]?.statement.attempt ?? 1;
  const known = findOperation(party.database, of.operation);
  const ended = Math.max(
    wasRefused(party.database, of.operation, of.intentDigest),
    known?.intentDigest === of.intentDigest ? known.endedAttempt : 0,
  );
  if (ended >= attempt) return 'stopped';
  if (Date.parse(of.bundle.intent.notAfter) <= party.now().getTime()) return 'too late';
  return 'open';
}

function rows(party: Party, shown: readonly Presented[]): Markup[] {
  return shown.map(
    (of) =>
      html`<tr>
        <td>
          <a href="/operations/${of.operation}">${headline(of.bundle.intent)}</a><br />
          <code class="quiet">${of.operation}</code>
        </td>
        <td>${stateOf(party, of)}</td>
        <td>${of.bundle.statements.length}</td>
        <td><time datetime="${of.seenAt}">${utc(of.seenAt)}</time></td>
      </tr>`,
  );
}

function turnPages(page: number, pages: number): Markup | null {
  if (pages <= 1) return null;
  const link = (to: number, name: string): Markup | null =>
    to < 1 || to > pages ? null : html`<a href="/operations?page=${to}">${name}</a>`;
  return html`<p class="pages">
    ${link(page - 1, 'Newer')} Page ${page} of ${pages} ${link(page + 1, 'Older')}
  </p>`;
}

/** @param page from 1. */
export function renderOperations(party: Party, page: number): string {
  const pages = Math.max(1, Math.ceil(countPresented(party.database) / PAGE_SIZE));
  const shown = listPresented(party.database, { limit: PAGE_SIZE, skip: (page - 1) * PAGE_SIZE });
  const body =
    shown.length === 0
      ? html`<section>
          <h2>Nothing here</h2>
          <p>
            The console shows each operation to this party when it is raised and whenever somebody
            states something. What it does not show can be stopped all the same:
            <a href="/stop">freeze or stop</a>.
          </p>
        </section>`
      : html`<section>
            <h2 class="unseen">Operations</h2>
            <div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">What</th>
                    <th scope="col">State</th>
                    <th scope="col">Statements</th>
                    <th scope="col">Last shown</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows(party, shown)}
                </tbody>
              </table>
            </div>
          </section>
          ${turnPages(page, pages)}`;
  return frame(party, {
    heading: 'Operations',
    lead: 'As this party reads them, newest first. The console showed them here; nothing rests on that.',
    current: '/operations',
    body,
  });
}
