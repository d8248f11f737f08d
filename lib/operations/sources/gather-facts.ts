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
type Question = { kind: Intent['kind']; subject: FactSubject };
export type Gathered = { facts: SignedFact[]; missing: MissingFact[] };

/** Whether a rule that may decide this looks at what the source says. */
function isLookedAt({ fact }: FactSource, { kind, subject }: Question, policy: Policy): boolean {
  return policy.rules.some(({ when }) => {
    if (!when.kinds.includes(kind)) return false;
    switch (fact) {
      case 'price':
        return when.eurCentsAbove !== undefined;
      case 'risk':
        return when.risks !== undefined;
      case 'standing':
        return when.standings !== undefined;
      case 'books':
        // Such a rule names its one asset; for any other it is not asked.
        return when.shortfallAbove !== undefined && when.assets?.[0] === subject.asset;
    }
  });
}

/** A break that a run finds is to be heard of at once, so a word about the books is kept for no longer. */
const booksFreshMs = 5_000;

/** Still fresh long enough for what comes after: half of what the policy takes. */
function isFresh(observedAt: string, { fact, maxAgeSeconds }: FactSource, now: Date): boolean {
  const half = maxAgeSeconds * 500;
  const most = fact === 'books' ? Math.min(half, booksFreshMs) : half;
  return now.getTime() - Date.parse(observedAt) <= most;
}

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
  switch (source.fact) {
    case 'price':
      return http.price({ asset: asset ?? '' });
    case 'books':
      return http.shortfall({ asset: asset ?? '' });
    case 'standing':
      return http.standing({ client: client ?? '' });
    case 'risk':
      return http.screen(destination ?? { chain: '', address: '' });
  }
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
  question: Question,
  policies: readonly Policy[],
  context: Context,
): Promise<Gathered> {
  const named = policies.flatMap((policy) =>
    (policy.sources ?? [])
      .filter((source) => isLookedAt(source, question, policy))
      .map((source) => ({ policy, source })),
  );
  const found = await Promise.all(
    named.map(({ policy, source }) => gatherOne(source, question.subject, { policy, context })),
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
