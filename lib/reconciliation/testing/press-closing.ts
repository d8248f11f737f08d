import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { prepareClosing } from '../prepare-closing.ts';
import { submitClosing } from '../submit-closing.ts';

export type Signer = { actor: Actor; key: SoftwareAuthenticator };
type Target = { id: string; revision: number };

/** From the button to the record, with the person's key pressed in between. */
async function pressClosing({ actor, key }: Signer, input: object, context: Context) {
  const prepared = await prepareClosing(actor, input, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitClosing(actor, { nonce, assertion }, context);
}

export const proposeClosing = (
  signer: Signer,
  what: Target & { text: string; journal: string | null },
  context: Context,
) => pressClosing(signer, { decision: 'propose', ...what }, context);

export const acceptClosing = (signer: Signer, target: Target, context: Context) =>
  pressClosing(signer, { decision: 'accept', ...target }, context);
