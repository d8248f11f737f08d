/** Who reads and writes records of each kind. */
import type { Actor } from '#lib/identity/actor.ts';
import { whoMay, type Scope } from '#lib/identity/roles.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { areaOf, isPrivacyKind, type Area, type Kind } from './kinds.ts';
import { readFacts } from './read-facts.ts';
import { rulesFor } from './rules-of.ts';

/** Any of these does. */
const readScopes: Readonly<Record<Area, readonly Scope[]>> = {
  resilience: ['resilience:read'],
  privacy: ['privacy:read', 'resilience:read'],
};

/**
 * Likewise. The controller keeps its registers and assesses (GDPR Art 30(1), 35(1)), the data protection officer
 * advises (Art 35(2)): managers write them as well as the officer.
 */
const writeScopes: Readonly<Record<Area, readonly Scope[]>> = {
  resilience: ['resilience:write'],
  privacy: ['privacy:work', 'privacy:decide'],
};

/** What approves a record of data protection that another wrote, and does nothing else to it. */
const approveScope: Scope = 'privacy:approve';

type Who = Pick<Actor, 'scopes'>;
type Lacking = Refused<'not-allowed'> | null;

const hasAny = (actor: Who, scopes: readonly Scope[]): boolean =>
  scopes.some((scope) => actor.scopes.has(scope));

function lacksAll(actor: Who, scopes: readonly Scope[]): Lacking {
  if (hasAny(actor, scopes)) return null;
  const whom = [...new Set(scopes.map((scope) => whoMay(scope)))].join(', or ');
  return refuse('not-allowed', `This is for ${whom}. Roles change by a roster operation.`);
}

/** A refusal when the actor may not read records of this area, null when they may. */
export const lacksReading = (actor: Who, area: Area): Lacking => lacksAll(actor, readScopes[area]);

/** A refusal of whoever reads no records at all; which they may read is asked once the kind is known. */
export const lacksAnyReading = (actor: Who): Lacking =>
  lacksAll(actor, [...readScopes.resilience, 'privacy:read']);

/** The same for writing. */
export const lacksAnyWriting = (actor: Who): Lacking =>
  hasAny(actor, [approveScope])
    ? null
    : lacksAll(actor, [...writeScopes.resilience, ...writeScopes.privacy]);

export const lacksWriting = (actor: Who, area: Area): Lacking => lacksAll(actor, writeScopes[area]);

export const mayWrite = (actor: Who, area: Area): boolean => hasAny(actor, writeScopes[area]);

/** Whether the actor approves records of this kind that another wrote. */
export const mayApprove = (actor: Who, kind: Kind): boolean =>
  isPrivacyKind(kind) &&
  rulesFor(kind).agreement !== undefined &&
  hasAny(actor, [approveScope, ...writeScopes.privacy]);

/**
 * A refusal when the actor may not save this. Whoever only approves saves what names them as who agrees: the rules of
 * the agreement then keep that save from changing anything else.
 */
export function lacksSaving(
  actor: Who & Pick<Actor, 'personId'>,
  { kind, facts }: { kind: Kind; facts: unknown },
): Lacking {
  const lacking = lacksWriting(actor, areaOf(kind));
  if (lacking === null || !mayApprove(actor, kind)) return lacking;
  const { agreement, ...rules } = rulesFor(kind);
  const read = readFacts(rules, facts);
  return read.ok && agreement?.of(read.value)?.who === actor.personId ? null : lacking;
}

/** Kinds that the registers of data protection name: whoever keeps those has to find them by name. */
const namedByPrivacy: readonly Kind[] = ['provider', 'contract', 'asset'];

/** A refusal when the actor may not choose among records of these kinds by name and number. */
export function lacksChoosing(actor: Who, of: readonly Kind[]): Lacking {
  for (const kind of of) {
    const isNamed = isPrivacyKind(kind) || namedByPrivacy.includes(kind);
    const lacking = lacksReading(actor, isNamed ? 'privacy' : areaOf(kind));
    if (lacking) return lacking;
  }
  return lacksAnyReading(actor);
}
