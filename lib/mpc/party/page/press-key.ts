/**
 * The one script of a party's pages. It runs in the browser of whoever opens the page, from its own
 * text: nothing but the DOM is at hand inside, no import and nothing of this file.
 */
import { createHash } from 'node:crypto';
import { Markup } from './markup.ts';

type Answer = Record<string, unknown>;
type KeyRequest = { challenge: string; rpId: string; keys: string[] };

function pressKeys(): void {
  const REMEMBERED = 'countersign-person';
  const ANSWER_MS = 20_000;
  const KEY_MS = 120_000;

  const who = document.querySelector<HTMLSelectElement | HTMLInputElement>('#who');

  const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(
      atob(text.replaceAll('-', '+').replaceAll('_', '/')),
      (letter) => letter.codePointAt(0) ?? 0,
    );
  const toText = (bytes: ArrayBuffer): string =>
    btoa(String.fromCodePoint(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/[=]+$/u, '');

  /** Thrown with a sentence for the person. */
  const stop = (sentence: string): Error => new Error(sentence, { cause: 'said' });

  async function ask(path: string, body: object): Promise<Answer> {
    let answer: Answer;
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      answer = (await response.json()) as Answer;
    } catch {
      throw stop('The party did not answer, so nothing is certain. Load the page again and look.');
    }
    if (answer['ok'] !== true) throw stop(String(answer['sentence']));
    return answer;
  }

  const sentences: Record<string, string> = {
    NotAllowedError:
      'No key answered that belongs to the person chosen, so nothing was done. Press the button again; the key then says whose it is.',
    SecurityError:
      'The browser does not let keys be used at this address. Open the page at the address that the roster names.',
    InvalidStateError: 'The key does not fit this person. Choose who you are, and press again.',
  };

  async function press({ challenge, rpId, keys }: KeyRequest): Promise<PublicKeyCredential> {
    let credential: Credential | null;
    try {
      credential = await navigator.credentials.get({
        publicKey: {
          challenge: toBytes(challenge),
          rpId,
          allowCredentials: keys.map((id) => ({ type: 'public-key', id: toBytes(id) })),
          userVerification: 'required',
          timeout: KEY_MS,
        },
      });
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      // The wrong person may have been remembered, and nobody should have to find that out by night.
      if (who) who.value = '';
      throw stop(sentences[name] ?? 'The browser could not ask the key, so nothing was done.');
    }
    if (!(credential instanceof PublicKeyCredential))
      throw stop('The browser gave no key press, so nothing was done.');
    return credential;
  }

  function assertionOf(credential: PublicKeyCredential): Answer {
    const response = credential.response as AuthenticatorAssertionResponse;
    const id = toText(credential.rawId);
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
      },
    };
  }

  const requestOf = (answer: Answer): KeyRequest => answer['press'] as KeyRequest;

  const remembered = localStorage.getItem(REMEMBERED);
  if (who && remembered !== null) {
    who.value = remembered;
    // Somebody who is not in the list any more leaves it without a choice.
    if (who.value === '' && who instanceof HTMLSelectElement) who.selectedIndex = 0;
  }

  function show(form: HTMLFormElement, part: 'status' | 'problem', text: string): void {
    for (const name of ['status', 'problem'] as const) {
      const line = form.querySelector<HTMLElement>(`[data-say="${name}"]`);
      if (line) {
        line.textContent = name === part ? text : '';
        line.hidden = name !== part;
      }
    }
  }

  async function run(form: HTMLFormElement): Promise<void> {
    const { prepare = '', hand = '', purpose = '' } = form.dataset;
    const fields = Object.fromEntries(new FormData(form));
    let person: Answer = { person: who?.value ?? '' };
    if (person['person'] === '') {
      show(form, 'status', 'Touch your key, so that the party knows who you are.');
      const credential = await press(requestOf(await ask('/keys', { purpose })));
      person = { credential: toText(credential.rawId) };
    }
    const prepared = await ask(prepare, { who: person, ask: fields });
    show(form, 'status', String(prepared['says']));
    const assertion = assertionOf(await press(requestOf(prepared)));
    show(form, 'status', 'The party is checking your key press.');
    const done = await ask(hand, { ...(prepared['hand'] as Answer), assertion });
    localStorage.setItem(REMEMBERED, String(done['person']));
    finish(form, done);
  }

  function finish(form: HTMLFormElement, done: Answer): void {
    if (typeof done['goTo'] === 'string') {
      location.assign(done['goTo']);
      return;
    }
    show(form, 'status', String(done['says']));
    const place = form.querySelector<HTMLElement>('[data-say="code"]');
    if (!place) return;
    place.textContent = String(done['code']);
    place.hidden = false;
  }

  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-hand]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const buttons = document.querySelectorAll('button');
      for (const button of buttons) button.disabled = true;
      run(form)
        .catch((error: unknown) => {
          const isSaid = error instanceof Error && error.cause === 'said';
          show(
            form,
            'problem',
            isSaid ? error.message : 'The page met a fault of its own. Load it again.',
          );
        })
        .finally(() => {
          for (const button of buttons) button.disabled = false;
        });
    });
  }
}

const script = `(${pressKeys.toString()})();`;
if (script.includes('</')) throw new Error('The script would end its own element.');

/** In one piece, because the hash covers every character between the tags. */
export const scriptElement = new Markup(`<script>${script}</script>`);

export const scriptHash = createHash('sha256').update(script).digest('base64');
