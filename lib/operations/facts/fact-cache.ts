/**
 * What sources signed, as the console keeps it. Nothing in it is believed: whoever reads it verifies
 * each signature, as the parties do.
 */
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { FactSource } from '#lib/protocol/policy.ts';
import { findFactFault, type Expected } from '../sources/check-fact.ts';
import {
  signedFact,
  type Fact,
  type FactSubject,
  type SignedFact,
} from '#lib/protocol/signed-facts.ts';

const subjectOfAddress = ({ chain, address }: { chain: string; address: string }): string =>
  `${chain} ${address}`;

/** What a fact is about, as its row is found. */
export function subjectText(of: Fact): string {
  switch (of.fact) {
    case 'price':
    case 'books':
      return of.asset;
    case 'risk':
      return subjectOfAddress(of);
    case 'standing':
      return of.client;
  }
}

/** What a source would have to say something about, null where it has nothing to say. */
export function askedOf({ fact }: Pick<FactSource, 'fact'>, subject: FactSubject): string | null {
  if (fact === 'price' || fact === 'books') return subject.asset;
  if (fact === 'standing') return subject.client;
  return subject.destination && subjectOfAddress(subject.destination);
}

/** Rows looked at for one word; more than are made up by accident. */
const candidateMax = 8;

/**
 * The genuine word of a source about a subject that came last and is not too old, null when there is none.
 * Rows that were written by somebody else are passed over.
 */
export async function newestFact(
  db: Database | Tx,
  expected: Expected,
): Promise<SignedFact | null> {
  const { source, subject, now } = expected;
  const about = askedOf(source, subject);
  if (about === null) return null;
  const rows = await db.signedFact.findMany({
    where: {
      source: source.name,
      fact: source.fact,
      subject: about,
      observedAt: { gte: new Date(now.getTime() - source.maxAgeSeconds * 1000), lte: latest(now) },
    },
    // In the order in which they were written, which nobody chooses: rows made up for a time to come are behind.
    orderBy: { recordedAt: 'desc' },
    take: candidateMax,
  });
  for (const row of rows) {
    const { data } = signedFact.safeParse({ fact: row.document, signature: row.signature });
    if (data && findFactFault(data, expected) === null) return data;
  }
  return null;
}

/** Clocks of sources may be a little ahead, as parties take it. */
const latest = (now: Date): Date => new Date(now.getTime() + 60_000);

/** The newest genuine word of every source that the policy names, about what an operation is about. */
export async function newestFacts(
  db: Database | Tx,
  of: Omit<Expected, 'source'>,
): Promise<SignedFact[]> {
  const found: SignedFact[] = [];
  for (const source of of.policy.sources ?? []) {
    const newest = await newestFact(db, { ...of, source });
    if (newest) found.push(newest);
  }
  return found;
}

/** Keeps what a source said; the same again changes nothing. */
export async function keepFact(db: Database, signed: SignedFact, now: Date): Promise<void> {
  const { fact, signature } = signed;
  await db.signedFact.createMany({
    data: [
      {
        source: fact.source,
        fact: fact.fact,
        subject: subjectText(fact),
        observedAt: new Date(fact.observedAt),
        document: asJson(fact),
        signature,
        recordedAt: now,
      },
    ],
    skipDuplicates: true,
  });
}
