/** An incident desk whose people work on requests about personal data, for database tests. */
import type { Result } from '#lib/platform/result.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  fieldOf,
  openIncidentDesk,
  type DeskPerson,
  type IncidentDesk,
} from '#lib/incidents/testing/incident-desk.ts';
import { recordProfile } from '#lib/incidents/entity/record-profile.ts';
import { sampleProfile } from '#lib/incidents/testing/major-incident.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { packageToPropose } from '../package/view-package.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { openRequest } from '../requests/open-request.ts';
import { buildCopy } from './build-copy.ts';
import { prepareDecision } from '../requests/prepare-decision.ts';
import { submitDecision } from '../requests/submit-decision.ts';

export type RequestDesk = IncidentDesk & { subject: string };

/** Dora is the DPO, Mia a manager, Ada and Ben are officers, Ida is an auditor. */
export async function openRequestDesk(): Promise<RequestDesk> {
  const desk = await openIncidentDesk({ clock: 'held' });
  valueOf(await recordProfile(desk.people.mia.actor, sampleProfile, desk.context));
  const subject = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id: subject, values: { 'full-name': 'Änne Müller', email: 'anne@example.org' } },
      { by: desk.people.dora.actor.personId, at: desk.context.clock() },
    ),
  );
  return { ...desk, subject };
}

export const asked = {
  right: 'access',
  channel: 'email',
  isElectronic: 'yes',
  forAnother: 'no',
  name: 'Änne Müller',
  email: 'Anne@example.org',
  message: 'Please send me everything that you hold about me.',
};

/** A request that Dora recorded just now. */
export const received = async (desk: RequestDesk, more: Record<string, string> = {}) =>
  valueOf(
    await openRequest(
      desk.people.dora.actor,
      { ...asked, receivedAt: fieldOf(desk.context.clock()), ...more },
      desk.context,
    ),
  );

/** The same, collected, reviewed and advised on, with its copy where the right has one: five events. */
export async function advised(desk: RequestDesk, more: Record<string, string> = {}) {
  const request = await received(desk, more);
  const { id } = request;
  const { actor } = desk.people.dora;
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(actor, { id, seen: '1', ...person }, desk.context));
  valueOf(await collectSystem(actor, { id, seen: '2', system: 'vault' }, desk.context));
  if (hasCopy(more['right'] ?? asked.right)) await buildCopy(desk, id);
  const review = { id, seen: '3', blockers: [], reasons: 'Nothing stands against it here.' };
  valueOf(await reviewRequest(actor, review, desk.context));
  const text = 'She has the right to all of it.';
  valueOf(await giveOpinion(actor, { id, seen: '4', opinion: 'for', text }, desk.context));
  return request;
}

const hasCopy = (right: string): boolean => right === 'access' || right === 'portability';

export const granting = {
  step: 'proposed',
  decision: 'grant',
  grounds: [] as string[],
  earlier: [] as string[],
  reasons: 'Nothing stands against handing it out.',
};

/** Where a copy leaves out what would harm others. */
export const grantingInPart = {
  ...granting,
  decision: 'grant-in-part',
  grounds: ['others-rights'],
};

const isGranting = ({ decision = '' }: { decision?: string }): boolean =>
  decision === 'grant' || decision === 'grant-in-part';

/** From the button to the record, with the key pressed in between; what grants a copy names the newest, as the page does. */
export async function press(
  { context, web }: RequestDesk,
  { actor, key }: DeskPerson,
  given: { id: string; decision?: string; [name: string]: unknown },
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Result<{ seq: number }>> {
  const made = isGranting(given) ? { package: (await packageToPropose(web, given.id)) ?? '' } : {};
  const prepared = await prepareDecision(actor, { ...made, ...given }, context);
  if (!prepared.ok) return prepared;
  await between();
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitDecision(actor, { nonce, assertion }, context);
}
