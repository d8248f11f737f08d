/** What an agreement with a client must contain (MiCA Art 75(1)). Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';

export const contents = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type Content = (typeof contents)[number];

export const contentNames: Readonly<Record<Content, string>> = {
  a: 'the parties',
  b: 'the service and its description',
  c: 'the custody policy',
  d: 'the means of communication, and how the client is authenticated',
  e: 'the security systems',
  f: 'the fees, costs and charges',
  g: 'the law that applies',
};

/** A refusal that names every content that is missing; null when all seven are there. */
export function findMissingContents(given: readonly string[]): Refused<'contents-missing'> | null {
  const missing = contents.filter((content) => !given.includes(content));
  if (missing.length === 0) return null;
  const named = missing.map((content) => `(${content}) ${contentNames[content]}`).join('; ');
  return refuse(
    'contents-missing',
    `Article 75(1) asks for seven contents, and this agreement lacks ${named}. It is registered once they are in it.`,
  );
}
