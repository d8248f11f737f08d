/** The file in which a start finds the enrolment links that it prints. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const welcome = z.object({
  links: z.array(z.object({ label: z.string(), url: z.url(), expiresAt: z.iso.datetime() })),
});
/** A one-time link; `label` says for whom, `expiresAt` is an ISO instant. */
export type WelcomeLink = z.infer<typeof welcome>['links'][number];

/** Nothing when there is no such file yet. */
export async function readLinks(path: string): Promise<WelcomeLink[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? [] : welcome.parse(JSON.parse(text)).links;
}

export async function saveLinks(path: string, links: readonly WelcomeLink[]): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify({ links }, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
