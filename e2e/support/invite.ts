/** The two ways to an enrolment link: the sandbox's own, and an administrator's page. */
import type { Page } from '@playwright/test';

const STEP_MS = 20_000;

type Invited = { name: string; link: string };

const PARTS = {
  officer: 'Officer and administrator: raises',
  approver: 'Officer of Control: approves',
  cosigner: 'Officer of Custody: co-signs',
  dpo: 'Data protection officer: advises',
} as const;

/** Asks for a guest's link where a sandbox offers one: before the sign-in page. */
export async function askForGuestLink(
  page: Page,
  origin: string,
  part: keyof typeof PARTS,
): Promise<Invited> {
  await page.goto(`${origin}/sign-in`);
  await page.getByText('No enrolment link at hand').click();
  await page.getByRole('combobox', { name: 'Part to play' }).selectOption(PARTS[part]);
  await page.getByRole('button', { name: 'Get a link' }).click();
  const link = page.getByRole('link', { name: /^Enrol as / });
  await link.waitFor({ timeout: STEP_MS });
  const name = ((await link.textContent()) ?? '').replace('Enrol as ', '');
  return { name, link: (await link.getAttribute('href')) ?? '' };
}

/** Invites an officer of a group through the administrator's page. */
export async function inviteOfficer(
  page: Page,
  origin: string,
  { name, group }: { name: string; group: 'Control' | 'Custody' },
): Promise<Invited> {
  await page.goto(`${origin}/operators/invite`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('checkbox', { name: 'Custody officer' }).check();
  await page.getByRole('radio', { name: new RegExp(`^${group}`) }).check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = page.getByText(/^https?:\/\/\S+\/enrol#\S+$/);
  await link.waitFor({ timeout: STEP_MS });
  return { name, link: (await link.textContent()) ?? '' };
}
