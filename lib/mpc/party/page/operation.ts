/** One operation as this party sees it, with the code it shows and the way to say no. */
import { reasonCode } from '#lib/protocol/statement.ts';
import type { Party } from '../party.ts';
import { findPresented } from '../store/presented.ts';
import type { Trust } from '../store/trust.ts';
import { operationView, type OperationView } from '../view/operation-view.ts';
import type { Section } from '../view/section.ts';
import { findAddressFault, noteField, sayings, stopForm, whoPresses } from './forms.ts';
import { frame } from './frame.ts';
import { html, type Markup } from './markup.ts';
import { alert } from './parts.ts';
import { reasonNames } from './reason-names.ts';
import { factRow, section } from './sections.ts';

const hidden = ({ operation, intentDigest, attempt }: OperationView): Markup =>
  html`<input type="hidden" name="operation" value="${operation}" />
    <input type="hidden" name="intentDigest" value="${intentDigest}" />
    <input type="hidden" name="attempt" value="${attempt}" />`;

export const rejectFields = (note: string): Markup =>
  html`<label for="reason">Why</label>
    <select id="reason" name="reason" required>
      ${reasonCode.options.map((code) => html`<option value="${code}">${reasonNames[code]}</option>`)}
    </select>
    ${noteField(note)}`;

function codeSection({ config }: Party, view: OperationView): Markup {
  if (view.secondChannel === false)
    return html`<section>
      <h2>Your code</h2>
      <p>Policy asks for no code for this operation.</p>
    </section>`;
  return html`<section>
    <h2>Your code</h2>
    <p>
      For people of the group ${config.group}. Compare amount, address and digest on this page with
      what the console shows. If they are the same, have your code shown, and type it on the console
      when you state your part. It counts for you alone, for exactly this content and attempt, and
      the console can't know it otherwise.
    </p>
    <form data-prepare="/code/prepare" data-hand="/code" data-purpose="code">
      ${hidden(view)}
      <button>Show my code</button>
      ${sayings}
      <p class="code" data-say="code" hidden></p>
    </form>
  </section>`;
}

function rejectSection(view: OperationView): Markup {
  return html`<section class="grave">
    <h2>Say no</h2>
    <p>
      One person is enough, at any time before the signature. This attempt then ends here at once,
      and the other parties hear of it from this one.
    </p>
    ${stopForm({
      what: 'reject',
      purpose: 'reject',
      fields: html`${hidden(view)}${rejectFields('note')}`,
      button: 'Reject this operation',
    })}
  </section>`;
}

function forms(party: Party, trust: Trust, view: OperationView): Markup {
  const fault = findAddressFault(party, trust);
  if (fault !== null) return html`<section>${alert(fault)}</section>`;
  return html`<section>
      <h2>With your key</h2>
      ${whoPresses(party, trust, 'reject')}
    </section>
    ${codeSection(party, view)}${rejectSection(view)}`;
}

const answerSection = ({ answer }: OperationView): Markup =>
  html`<section class="answer ${answer.mark ?? ''}">
    <dl>${factRow(answer)}</dl>
  </section>`;

/** @returns null for an operation that nobody showed to this party. */
export function renderOperation(party: Party, trust: Trust, operation: string): string | null {
  const shown = findPresented(party.database, operation);
  if (!shown) return null;
  const view = operationView(party, trust, shown);
  const sections = view.sections.map((of: Section) => section(of));
  return frame(party, {
    heading: view.headline,
    lead: `Attempt ${view.attempt}, as this party reads it for itself. No name here comes from the console.`,
    current: null,
    body: html`${answerSection(view)}${sections}${forms(party, trust, view)}`,
    keys: findAddressFault(party, trust) === null,
  });
}

export const renderUnknownOperation = (party: Party, operation: string): string =>
  frame(party, {
    heading: 'Not shown here',
    lead: 'Nobody has shown this operation to this party yet, or it was long ago.',
    current: null,
    body: html`<section>
      <p>
        The console shows a party what was raised, within seconds where both are up.
        <a href="/operations/${operation}">Look again</a>
      </p>
      <p>
        You can stop an operation that this party never saw:
        <a href="/stop#reject">reject it by its id and digest</a>.
      </p>
    </section>`,
  });
