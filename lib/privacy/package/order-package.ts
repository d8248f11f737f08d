/** Orders the package of a request: the worker builds it out of live data, with what a person decided about its texts. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { contentDigest } from '#lib/audit/content-digest.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { readText } from '#lib/protocol/free-text.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestField, requestUnknown, timeAfter } from '../requests/act-on-request.ts';
import { requestsTopic } from '../requests/append-event.ts';
import type { Standing } from '../requests/fold.ts';
import { lockRequest, type RequestFile } from '../requests/load-request.ts';
import { choice, choicesMax, inOrder, type Choice } from './choices.ts';
import { isOfRequest, isUnderWay, stateOf } from './package-state.ts';

const form = z.strictObject({
  id: requestField,
  /** Replaces what was chosen before. */
  choices: z
    .array(choice.extend({ reason: textField.default('') }))
    .max(choicesMax)
    .default([]),
  /** Read the data again though nothing else was chosen. */
  again: z.enum(['yes', 'no']).default('no'),
});

const reasonRule = {
  least: 3,
  most: 1_000,
  tooShort: 'Say of each text that is left out why.',
  tooLong: 'Say in at most 1,000 characters why a text is left out.',
  lines: true,
};

/** More versions than looking through a package ever takes; the database allows no more. */
const versionsMax = 500;

export type OrderedPackage = { version: number; isNew: boolean };

/** The same order again gives what was built for it; while one is being built there is no second. */
export async function orderPackage(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OrderedPackage>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, again } = read.form;
  const chosen = readChoices(read.form.choices);
  if (!chosen.ok) return chosen;
  const { choices, reasons } = chosen.value;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const file = await lockRequest(tx, id);
      if (!file) return requestUnknown();
      const ready = await readyForPackage(tx, file);
      if (!ready.ok) return ready;
      const last = await newestPackage(tx, id);
      // One that was ordered for somebody else says nothing of this person.
      const newest = last && isOfRequest(last, file.standing) ? last : null;
      const state = newest && stateOf(newest);
      if (state && isUnderWay(state))
        return refuse(
          'under-way',
          `A package for ${file.number} is being built. Wait until it is done, then order another.`,
        );
      const isSame = contentDigest(newest?.choices ?? null) === contentDigest(choices);
      if (newest && state === 'built' && isSame && again === 'no')
        return ok({ version: newest.version, isNew: false });
      const version = (last?.version ?? 0) + 1;
      if (version > versionsMax)
        return refuse(
          'too-many',
          `${file.number} has had ${versionsMax} packages, which is the most.`,
        );
      await write(tx, { file, person: ready.value, choices, reasons, version, actor }, context);
      return ok({ version, isNew: true });
    }),
  );
}

type Chosen = { choices: Choice[]; reasons: Readonly<Record<string, string>> };

function readChoices(given: readonly (Choice & { reason: string })[]): Result<Chosen> {
  const reasons: Record<string, string> = {};
  for (const { item, take, ground, reason } of given) {
    if (take === 'in') continue;
    if (ground === undefined)
      return refuse('ground-missing', 'Say of each text that is left out on which ground.');
    const reading = readText(reason, reasonRule);
    if (!reading.ok) return refuse('text-invalid', reading.sentence);
    reasons[item] = reading.text;
  }
  const choices = inOrder(
    given.map(({ item, take, ground }) =>
      take === 'out' && ground !== undefined ? { item, take, ground } : { item, take },
    ),
  );
  return new Set(choices.map(({ item }) => item)).size === choices.length
    ? ok({ choices, reasons })
    : refuse('twice', 'A text is either in or out. Load the page again.');
}

/** A package is for the one person of a request that is not decided yet; @returns their id. */
async function readyForPackage(tx: Tx, { standing, number }: RequestFile): Promise<Result<string>> {
  const fault = findFault(standing, number);
  if (fault) return fault;
  const person = standing.person?.id ?? '';
  const row = await tx.person.findUnique({ where: { id: person }, select: { erasedAt: true } });
  return row && row.erasedAt === null
    ? ok(person)
    : refuse(
        'person-erased',
        'What was known of this person was erased, so there is nothing to hand out.',
      );
}

function findFault(standing: Standing, number: string): Refused | null {
  if (standing.right !== 'access' && standing.right !== 'portability')
    return refuse('other-right', 'A package answers a request for access or portability only.');
  if (standing.person === null)
    return refuse('not-identified', 'Choose the person whom it is about first.');
  if (standing.isDoubted) return refuse('doubted', 'The identity is in doubt. Settle that first.');
  if (standing.opening.forAnother && standing.authority === null)
    return refuse(
      'no-authority',
      'Somebody asks for another person. Record their authority to first.',
    );
  switch (standing.state) {
    case 'collecting':
    case 'review':
    case 'opinion':
      return null;
    case 'received':
      return refuse('not-collected', 'Collect what each system holds of the person first.');
    case 'proposed':
    case 'approved':
      return refuse(
        'decided',
        `The package of ${number} is what is decided about, so it stays as it is. Send the proposal back to have another.`,
      );
    default:
      return refuse('not-now', `Nothing is left to be put together for ${number}.`);
  }
}

/** The newest one, with how far it is. */
export const newestPackage = (tx: Pick<Tx, 'privacyPackage'>, requestId: string) =>
  tx.privacyPackage.findFirst({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { progress: true, built: true },
  });

type New = {
  file: RequestFile;
  person: string;
  choices: Choice[];
  reasons: Chosen['reasons'];
  version: number;
  actor: Actor;
};

async function write(
  tx: Tx,
  { file, person, choices, reasons, version, actor }: New,
  { clock }: Context,
): Promise<void> {
  const id = randomUUID();
  const [keyId] = await dataKeys().make(1);
  if (keyId === undefined) throw new Error('The key service made no key.');
  const hasReasons = Object.keys(reasons).length > 0;
  const [sealed] = hasReasons
    ? await dataKeys().seal([
        {
          key: keyId,
          context: `privacy-package/${id}/reasons`,
          plain: new TextEncoder().encode(JSON.stringify(reasons)),
        },
      ])
    : [];
  // What was collected before it is never dated after it, whichever clock goes ahead.
  const at = timeAfter(file, clock());
  await appendAudit(tx, {
    kind: 'privacy-package-ordered',
    subject: file.number,
    actor: actor.personId,
    at,
    facts: { package: id, version, choices: contentDigest(choices) },
  });
  await tx.privacyPackage.create({
    data: {
      id,
      requestId: file.id,
      version,
      keyId,
      right: file.standing.right,
      personId: person,
      choices: choices.map(asJson),
      reasons: sealed ?? null,
      orderedBy: actor.personId,
      orderedAt: at,
    },
    select: { id: true },
  });
  await publish(tx, { topic: requestsTopic, id: file.id });
}
