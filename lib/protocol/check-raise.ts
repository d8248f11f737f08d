/**
 * Whether an operation was really raised, by someone who may, and who else stated something about
 * it so far. Weaker than the decision on purpose: it says what people asked for, not whether it may
 * be done. Pure.
 */
import { raisingRoles } from './counting.ts';
import type { DecideInput } from './decide-input.ts';
import { readIntent, readStatements } from './decide.ts';
import { isStopKind } from './intent-kinds.ts';
import { intentDigest, type Intent } from './intent.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { findForeign, findPolicies, prove, type Made, type SetGround } from './statement-set.ts';
import type { SignedStatement, Statement } from './statement.ts';

export type RaiseInput = Pick<DecideInput, 'intent' | 'statements'> & SetGround['input'];

export type Raised = {
  intent: Intent;
  digest: string;
  attempt: number;
  /** All of them, the raise among them, each proven. */
  signed: SignedStatement[];
  made: Made[];
  /** The policy in force and, where it was another, that of the raise. */
  policies: Policy[];
};

export type RaiseAnswer = { ok: true; raised: Raised } | { ok: false; refusal: PartyRefusal };

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

function findMisfit(statements: readonly Statement[]): PartyRefusal | null {
  const [first] = statements;
  if (statements.some(({ attempt }) => attempt !== first?.attempt)) return 'attempt-mixed';
  if (hasDuplicates(statements.map(({ nonce }) => nonce))) return 'nonce-reused';
  const raises = statements.filter(({ decision }) => decision === 'raise').length;
  if (raises === 0) return 'raise-missing';
  return raises > 1 ? 'raise-repeated' : null;
}

/**
 * Checks an intent with the raise and whatever else was stated so far. Every statement must hold:
 * one that does not refuses the whole, so nothing unproven is ever shown as said. Says of attempts
 * that ended nothing; the decision does.
 * @param input.intent,input.statements from outside; anything at all. Never throws on it.
 */
export function checkRaise(input: RaiseInput): RaiseAnswer {
  const no = (refusal: PartyRefusal): RaiseAnswer => ({ ok: false, refusal });
  const intent = readIntent(input.intent);
  if (typeof intent === 'string') return no(intent);
  if (intent.organisation !== input.roster.organisation) return no('wrong-organisation');
  if (intent.environment !== input.roster.environment) return no('wrong-environment');
  const late = Date.parse(intent.notAfter) <= Date.parse(input.now);
  if (late && !isStopKind(intent.kind)) return no('intent-expired');
  const signed = readStatements(input.statements);
  if (!signed) return no('statements-malformed');
  const statements = signed.map(({ statement }) => statement);
  const digest = intentDigest(intent);
  const ground = { input, intent, digest };
  for (const statement of statements) {
    const foreign = findForeign(statement, ground);
    if (foreign) return no(foreign);
  }
  const misfit = findMisfit(statements);
  if (misfit) return no(misfit);
  const raise = statements.find(({ decision }) => decision === 'raise');
  const policies = raise && findPolicies(raise, input);
  if (!policies) return no('policy-history-missing');
  const made: Made[] = [];
  for (const entry of signed) {
    const proven = prove(entry, ground, policies);
    if (typeof proven === 'string') return no(proven);
    if (proven.statement === raise && !mayRaise(proven, intent)) return no('raiser-not-entitled');
    made.push(proven);
  }
  const attempt = raise?.attempt ?? 1;
  return { ok: true, raised: { intent, digest, attempt, signed, made, policies } };
}

const mayRaise = ({ person }: Made, { kind }: Intent): boolean =>
  person.roles.some((role) => raisingRoles(kind).includes(role));
