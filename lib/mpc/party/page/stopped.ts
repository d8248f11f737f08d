/** What a stop did here, and who has heard of it. */
import { intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';
import type { Party } from '../party.ts';
import { decreesAbout, type DecreeAbout } from '../store/decrees-about.ts';
import type { DecreeKind } from '../store/decrees.ts';
import { standingFreezes } from '../store/stops.ts';
import type { Trust } from '../store/trust.ts';
import { scopeWords } from '../view/scope-words.ts';
import { utc, type Fact } from '../view/section.ts';
import { frame } from './frame.ts';
import { html } from './markup.ts';
import { peersHeard } from './peers-heard.ts';
import { section } from './sections.ts';
import { frozenNow } from './stop.ts';

function intentOf({ document }: DecreeAbout): Intent | null {
  const intent =
    typeof document === 'object' && document && 'intent' in document ? document.intent : null;
  return intentSchema.safeParse(intent).data ?? null;
}

/** One sentence for what the decree changed at this party. */
function effect(party: Party, of: DecreeAbout, operation: string): string {
  if (of.kind === 'no')
    return `Attempt ${of.attempt} of the operation has ended here. This party signs nothing for it, whoever asks.`;
  const intent = intentOf(of);
  switch (intent?.kind) {
    case 'freeze': {
      const stands = standingFreezes(party.database, party.kek).some(
        (freeze) => freeze.operation === operation && freeze.intentDigest === of.intentDigest,
      );
      const what = scopeWords(intent.scope);
      return stands
        ? `Frozen here: ${what}. Nothing of it moves until it is released.`
        : `The freeze of ${what} was released since.`;
    }
    case 'revocation':
      return intent.credential === null
        ? `No key of ${intent.person} counts here any more.`
        : `The key of ${intent.person} counts here no more.`;
    case 'destination-removal':
      return `Nothing goes to ${intent.destination} any more.`;
    default:
      return 'It was carried out here.';
  }
}

const stops: readonly DecreeKind[] = ['no', 'freeze', 'revocation', 'destination-removal'];

/** Where somebody looks whether a stop that was taken elsewhere has come here, too. */
export const renderNotStopped = (party: Party): string =>
  frame(party, {
    heading: 'Not heard of here',
    lead: 'This party knows of no freeze, revocation, removal or rejection under this id.',
    current: null,
    body: html`<section>
        <p>
          Parties tell each other within seconds while they hear of each other: load this page again
          then. If it still stands here, <a href="/stop">freeze or stop it at this party</a>
          yourself.
        </p>
      </section>
      ${frozenNow(party)}`,
  });

/** @returns null where this party knows of no such stop. */
export function renderStopped(party: Party, trust: Trust, operation: string): string | null {
  const decrees = decreesAbout(party.database, operation).filter(({ kind }) =>
    stops.includes(kind),
  );
  if (decrees.length === 0) return null;
  const facts = decrees.map((of): Fact => ({
    term: utc(of.adoptedAt),
    text: effect(party, of, operation),
    mark: 'danger',
  }));
  const digest = decrees[0]?.intentDigest ?? '';
  const about: Fact[] = [
    { term: 'Operation', text: operation, as: 'code' },
    { term: 'Digest', text: digest, as: 'digest' },
  ];
  return frame(party, {
    heading: 'It stands still here',
    lead: 'This party took it, and passes it on to the others by itself.',
    current: null,
    body: html`${section({ title: 'What this did', facts: [...facts, ...about] })}
      ${peersHeard(party, trust, { operation, isShared: decrees.some(({ kind }) => kind !== 'no') })}${frozenNow(party)}
      <p class="pages"><a href="/stop">Freeze or stop something else</a></p>`,
  });
}
