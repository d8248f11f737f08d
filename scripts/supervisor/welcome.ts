/** The file in which the making of the sample organisation leaves what people need at first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sandboxFolder } from './environments.ts';

const welcomeFile = z.object({
  /** One-time enrolment links; `label` says for whom. */
  links: z
    .array(
      z.object({
        label: z.string().max(80),
        url: z.url().max(500),
        expiresAt: z.iso.datetime().optional(),
      }),
    )
    .max(20),
});
export type WelcomeLink = z.infer<typeof welcomeFile>['links'][number];

export const welcomePath = (data: string): string => join(sandboxFolder(data), 'welcome.json');

/** Links that can still be used by the clock, or null when the sample organisation is not made yet. */
export function readWelcome(data: string, now: Date): WelcomeLink[] | null {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(welcomePath(data), 'utf8'));
  } catch {
    return null;
  }
  const parsed = welcomeFile.safeParse(content);
  if (!parsed.success) return null;
  return parsed.data.links.filter((link) => !link.expiresAt || new Date(link.expiresAt) > now);
}
