/** What a draft and the policy in force say to one operation, and why. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { subjectOf } from '#lib/protocol/facts-of.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { eurCentsOf } from '#lib/protocol/signed-facts.ts';
import { onePersonRule } from '../ask-policy.ts';
import { kindFacts } from '../kinds.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { gatherAbout } from '../sources/gather-facts.ts';
import { loadTrust, type Trust } from '../trust.ts';
import { answerOf, type Answer } from './answer.ts';
import type { PastOperation } from './back-test/operations-page.ts';
import { PastFacts } from './back-test/past-facts.ts';
import { nextPolicy, storedPolicy } from './draft-document.ts';
import { factLines, originOfMadeUp, originOfPast, type FactLine } from './fact-lines.ts';
import { madeUpFacts, madeUpForm, type MadeUp } from './made-up.ts';
import { describeSubjectOf } from './operation-words.ts';
import { shiftOf, type Shift } from './outcome-words.ts';
import { knownUnder, signedFactsAt } from './signed-facts-at.ts';
import { draftUnknown } from './view-draft.ts';

const form = z.strictObject({
  /** Null for the policy in force alone. */
  draft: operationId.nullable(),
  of: z.discriminatedUnion('what', [
    z.strictObject({ what: z.literal('past'), number: z.string().trim().max(40) }),
    z.strictObject({ what: z.literal('made-up'), operation: madeUpForm }),
  ]),
});

export type DryRun = {
  /** What the operation is, in a line. */
  about: string;
  /** The operation, where it is one of the past. */
  operation: { id: string; number: string } | null;
  facts: FactLine[];
  version: number;
  inForce: Answer;
  draft: Answer | null;
  /** How the draft's answer differs; null when it does not, or there is no draft. */
  shift: Shift | null;
};

/** Facts under the policy in force and, in the second place, under the draft. */
type Told = Pick<DryRun, 'about' | 'operation' | 'facts'> & { under: PolicyFacts[] };

type Asked = { trust: Trust; policies: Policy[]; context: Context };

async function findPast(number: string, { db }: Context): Promise<Result<PastOperation, string>> {
  const row = await db.operation.findUnique({ where: { number: number.toUpperCase() } });
  if (!row)
    return refuse(
      'operation-unknown',
      `There is no operation ${number === '' ? 'of that number' : number}. Take the number as its page shows it, such as WD-2026-000001.`,
    );
  const intent = intentSchema.parse(JSON.parse(row.intent));
  if (isStopKind(intent.kind) || row.policyRule === onePersonRule)
    return refuse(
      'no-rule-asked',
      `${row.number} was done by one person alone, so no rule was asked.`,
    );
  return ok({ id: row.id, number: row.number, intent, raisedAt: row.raisedAt });
}

async function tellPast(number: string, asked: Asked): Promise<Result<Told, string>> {
  const { trust, policies, context } = asked;
  const found = await findPast(number, context);
  if (!found.ok) return found;
  const { intent, raisedAt, id } = found.value;
  const { db } = context;
  const now = context.clock();
  const facts = await PastFacts.open(db, { policies, trust, now }, found.value);
  const [under = []] = await facts.page([found.value]);
  const whole = under.filter((entry) => entry !== null);
  const [first] = whole;
  if (!first || whole.length < policies.length)
    return refuse('vault-unknown', 'The vault of this operation is not on record any more.');
  const question = { subject: subjectOf(intent), at: raisedAt };
  const [signed = []] = await signedFactsAt(db, trust.policy, [question]);
  return ok({
    about: `${kindFacts[intent.kind].name}: ${describeSubjectOf(intent)}`,
    operation: { id, number: found.value.number },
    facts: factLines(first, signed, originOfPast),
    under: whole,
  });
}

/** What the sources of the policy in force say of an asset, asked anew where it is too old. */
async function freshWords({ kind, asset }: MadeUp, { trust, context }: Asked) {
  const subject = { asset, client: null, destination: null };
  const { facts } = await gatherAbout({ kind, subject }, [trust.policy], context);
  const { price, books } = knownUnder(trust.policy, facts, { subject, at: context.clock() });
  return { signed: facts, price, shortfall: books };
}

async function tellMadeUp(operation: MadeUp, asked: Asked): Promise<Result<Told, string>> {
  const { policies, context } = asked;
  const vault =
    operation.vault === null
      ? null
      : await context.db.vault.findUnique({ where: { id: operation.vault } });
  const { signed, price, shortfall } = await freshWords(operation, asked);
  const facts = madeUpFacts(operation, {
    tier: vault?.tier ?? null,
    policies,
    eurCentsOf: (_asset, amount) => price && eurCentsOf(BigInt(amount), price).toString(),
    shortfall,
  });
  if (!facts.ok) return facts;
  const origin = { ...originOfMadeUp, sources: 'you left it open, and no source says it' };
  const { risk, standing } = operation;
  const lines = factLines(facts.value, signed, origin).map((line) =>
    (line.term === 'Risk' && risk !== null) ||
    (line.term === 'Standing' && standing !== null) ||
    (line.term === 'Value' && operation.eur !== '') ||
    (line.term === 'Missing' && operation.shortfall !== '')
      ? { ...line, source: originOfMadeUp.sources, at: null }
      : line,
  );
  return ok({
    about: `A ${kindFacts[operation.kind].noun} that you made up`,
    operation: null,
    facts: lines,
    under: policies.map(() => facts.value),
  });
}

export async function dryRun(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<DryRun, string>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const read = form.safeParse(input);
  if (!read.success)
    return refuse('form-invalid', 'Something in the form is missing or has no meaning here.');
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const { draft, of } = read.data;
  const row =
    draft === null ? null : await context.db.policyDraft.findUnique({ where: { id: draft } });
  if (draft !== null && !row) return draftUnknown();
  const next = row && nextPolicy(storedPolicy(row), trust);
  const policies = next ? [trust.policy, next] : [trust.policy];
  const asked: Asked = { trust, policies, context };
  const told =
    of.what === 'past' ? await tellPast(of.number, asked) : await tellMadeUp(of.operation, asked);
  if (!told.ok) return told;
  const { under, ...shown } = told.value;
  const [before, after] = under;
  if (!before) throw new Error('A dry run has facts under the policy in force.');
  const inForce = answerOf(trust.policy, before);
  const drafted = next && after ? answerOf(next, after) : null;
  return ok({
    ...shown,
    version: trust.policy.version,
    inForce,
    draft: drafted,
    shift: drafted && shiftOf(inForce.outcome, drafted.outcome),
  });
}
