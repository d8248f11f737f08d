/** Gets from the sources of a policy what its rules look at for one operation. */
import type { Context } from '#lib/platform/context.ts';
import { subjectOf } from '#lib/protocol/facts-of.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { FactSource, Policy } from '#lib/protocol/policy.ts';
import type { FactSubject, SignedFact } from '#lib/protocol/signed-facts.ts';
import { askedOf, keepFact, newestFact } from '../facts/fact-cache.ts';
import { httpSource } from './http-source.ts';
import { sourceSentences, type Said, type SourceFault } from './source.ts';

export type MissingFact = { source: string; fact: FactSource['fact']; fault: SourceFault };
export type Gathered = { facts: SignedFact[]; missing: MissingFact[] };

/** Whether a rule that may decide this kind looks at what the source says. */
function isLookedAt({ fact }: FactSource, kind: Intent['kind'], policy: Policy): boolean {
  return policy.rules.some(({ when }) => {
    if (!when.kinds.includes(kind)) return false;
    if (fact === 'price') return when.eurCentsAbove !== undefined;
    return fact === 'risk' ? when.risks !== undefined : when.standings !== undefined;
  });
}

/** Still fresh long enough for what comes after: half of what the policy takes. */
const isFresh = (observedAt: string, { maxAgeSeconds }: FactSource, now: Date): boolean =>
  now.getTime() - Date.parse(observedAt) <= maxAgeSeconds * 500;

function askSource(
  source: FactSource,
  subject: FactSubject,
  { policy, context }: { policy: Policy; context: Context },
): Promise<Said> {
  const address = context.settings.sources?.find(({ name }) => name === source.name);
  if (!address)
    return Promise.resolve({
      ok: false,
      refusal: { code: 'source-unset', sentence: sourceSentences['source-unset'] },
    });
  const http = httpSource({ url: address.url, source, policy, now: context.clock });
  const { asset, client, destination } = subject;
  if (source.fact === 'price') return http.price({ asset: asset ?? '' });
  if (source.fact === 'standing') return http.standing({ client: client ?? '' });
  return http.screen(destination ?? { chain: '', address: '' });
}

async function gatherOne(
  source: FactSource,
  subject: FactSubject,
  of: { policy: Policy; context: Context },
): Promise<SignedFact | MissingFact | null> {
  if (askedOf(source, subject) === null) return null;
  const { db, clock } = of.context;
  const kept = await newestFact(db, { source, policy: of.policy, subject, now: clock() });
  if (kept && isFresh(kept.fact.observedAt, source, clock())) return kept;
  const said = await askSource(source, subject, of);
  if (!said.ok) return { source: source.name, fact: source.fact, fault: said.refusal.code };
  await keepFact(db, said.value, clock());
  return said.value;
}

/**
 * What is kept and fresh is not asked for again. A source that does not answer leaves its fact out;
 * whoever decides then says no where a rule needs it.
 * @param policies the one in force and, where it was another, that of the raise.
 */
export const gatherFacts = (
  intent: Intent,
  policies: readonly Policy[],
  context: Context,
): Promise<Gathered> =>
  gatherAbout({ kind: intent.kind, subject: subjectOf(intent) }, policies, context);

/** The same for an operation that nobody raised. */
export async function gatherAbout(
  { kind, subject }: { kind: Intent['kind']; subject: FactSubject },
  policies: readonly Policy[],
  context: Context,
): Promise<Gathered> {
  const named = policies.flatMap((policy) =>
    (policy.sources ?? [])
      .filter((source) => isLookedAt(source, kind, policy))
      .map((source) => ({ policy, source })),
  );
  const found = await Promise.all(
    named.map(({ policy, source }) => gatherOne(source, subject, { policy, context })),
  );
  const facts = new Map<string, SignedFact>();
  const missing: MissingFact[] = [];
  for (const one of found) {
    if (one === null) continue;
    if ('signature' in one) facts.set(one.signature, one);
    else missing.push(one);
  }
  return { facts: [...facts.values()], missing };
}

/** "Source prices cannot be reached." for each that is missing. */
export const missingSentence = (missing: readonly MissingFact[]): string =>
  missing.map(({ source, fault }) => `Source ${source} ${sourceSentences[fault]}.`).join(' ');
