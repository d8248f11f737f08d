/** What the board has: the pack of the last quarter, approved with a key, evidence of most duties, and training. */
import { createHash } from 'node:crypto';
import type { Actor } from '#lib/identity/actor.ts';
import type { KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import { makePack } from '#lib/resilience/board/make-pack.ts';
import { prepareBoardEvidence } from '#lib/resilience/board/prepare-evidence.ts';
import { preparePackSignature } from '#lib/resilience/board/prepare-signature.ts';
import { quarterBefore } from '#lib/resilience/board/quarter.ts';
import { recordTraining } from '#lib/resilience/board/record-training.ts';
import { submitBoardEvidence } from '#lib/resilience/board/submit-evidence.ts';
import { submitPackSignature } from '#lib/resilience/board/submit-signature.ts';
import type { Team } from '../colleagues/team.ts';
import { dayAgo, done } from './sample-times.ts';
import type { LoggedContext } from './seed-context.ts';

type Document = { duty: string; title: string; version: string; days: number; conditions?: string };

/** Some duties are left open on purpose: a list with nothing to do teaches nobody. */
const documents: readonly Document[] = [
  { duty: '5-2-a', title: 'Statement of responsibility for ICT risk', version: '2.0', days: 120 },
  { duty: '5-2-b', title: 'Policy on the security of information', version: '4.1', days: 96 },
  { duty: '5-2-c', title: 'Roles in ICT and resilience', version: '1.3', days: 200 },
  {
    duty: '5-2-d',
    title: 'Strategy of digital operational resilience',
    version: '2.2',
    days: 61,
    conditions: 'The tolerance for an outage of withdrawals is looked at again in six months.',
  },
  { duty: '5-2-e', title: 'Policy on continuity of business', version: '3.0', days: 410 },
  { duty: '5-2-h', title: 'Policy on ICT services of third parties', version: '1.2', days: 96 },
];

const trainings: readonly { topic: string; days: number }[] = [
  { topic: 'ICT risk for members of the management body', days: 75 },
  { topic: 'Custody of keys and threshold signatures', days: 300 },
];

/** Each thing is looked for first, so a start that was cut off goes on where it stopped. */
export async function makeBoard(team: Team, context: LoggedContext): Promise<void> {
  await signLastPack(team, context);
  for (const document of documents) await signDocument(team, document, context);
  await recordTrainings(team, context);
}

async function signLastPack(team: Team, context: LoggedContext): Promise<void> {
  const { db, clock } = context;
  const quarter = quarterBefore(clock(), 1);
  const before = await db.boardPack.findFirst({
    where: { quarter },
    select: { id: true, signatures: { select: { person: true } } },
  });
  if (before && before.signatures.length > 0) return;
  const ada = await team.signIn('ada');
  const { id } = before ?? done(await makePack(ada.actor, { quarter }, context));
  await press(team, { id, decision: 'approved' }, context, {
    prepare: preparePackSignature,
    submit: submitPackSignature,
  });
  context.log('the board approved the pack of the last quarter');
}

async function signDocument(
  team: Team,
  { duty, title, version, days, conditions = '' }: Document,
  context: LoggedContext,
): Promise<void> {
  const before = await context.db.boardEvidence.findFirst({
    where: { duty },
    select: { id: true },
  });
  if (before) return;
  const members = await team.members();
  const idOf = (handle: string) => members.find((one) => one.handle === handle)?.operatorId ?? '';
  const input = {
    duty,
    title,
    version,
    // Of no file: the sample organisation has none.
    sha256: createHash('sha256').update(`${title} ${version}`).digest('hex'),
    decidedOn: dayAgo(days, context),
    decision: conditions === '' ? 'approved' : 'conditions',
    conditions,
    members: [idOf('sofia')],
    author: idOf('ada'),
  };
  await press(team, input, context, {
    prepare: prepareBoardEvidence,
    submit: submitBoardEvidence,
  });
}

async function recordTrainings(team: Team, context: LoggedContext): Promise<void> {
  if (await context.db.boardTraining.findFirst({ select: { id: true } })) return;
  const { actor } = await team.signIn('ada');
  const person = (await team.members()).find(({ handle }) => handle === 'sofia')?.operatorId;
  for (const { topic, days } of trainings)
    done(await recordTraining(actor, { person, topic, heldOn: dayAgo(days, context) }, context));
  context.log('duties of the board have their evidence');
}

type Ways = {
  prepare: (actor: Actor, input: unknown, context: Context) => Promise<Result<KeyPressRequest>>;
  submit: (actor: Actor, input: unknown, context: Context) => Promise<Result<unknown>>;
};

/** The member of the board presses their key. */
async function press(
  team: Team,
  input: object,
  context: LoggedContext,
  { prepare, submit }: Ways,
): Promise<void> {
  const { actor, entry } = await team.signIn('sofia');
  const { nonce, options } = done(await prepare(actor, input, context));
  const { origin } = context.settings;
  const assertion = entry.authenticator.assert({ challenge: options.challenge, origin });
  done(await submit(actor, { nonce, assertion }, context));
}
