import { readFile } from 'node:fs/promises';
import { backTest, beginDraft, ruleCard, saveDraft } from './support/policy.ts';
import { expect, test, type Page } from './support/test.ts';
import { expectRefused, openOperation, sayYes } from './support/withdrawal.ts';

/** The sandbox's time-lock is 5 seconds; then every party adopts, and the worker asks each. */
const ADOPTION_MS = 60_000;
const CHECK_MS = 20_000;

const outcome = (page: Page) => page.getByRole('region', { name: 'What comes of it' });
const cap = (page: Page) =>
  page
    .getByRole('group', { name: 'SOL', exact: true })
    .getByRole('textbox', { name: 'Most in one withdrawal' });

test('draft, problem, mending, dry run, back-test, raise, and four eyes until it is in force', async ({
  three: { officer, approver, cosigner },
  place,
}) => {
  const { page } = officer;
  await beginDraft(page, place.origin, 'A higher cap');
  const card = ruleCard(page, 'withdrawal');

  await test.step('What is unsound is said at the field and beside, and keeps it from being raised', async () => {
    await card.getByRole('button', { name: /^Edit rule/ }).click();
    await card.getByRole('button', { name: 'Take out line 2' }).click();
    const sentence = 'Withdrawals need at least one co-signer of Custody.';
    await expect(outcome(page).getByText(sentence)).toBeVisible({ timeout: CHECK_MS });
    await expect(
      card.getByRole('group', { name: 'People, beside whoever raises it' }),
    ).toHaveAccessibleDescription(new RegExp(sentence));
    await saveDraft(page);
    await expect(
      page.getByText('It can’t be raised yet. Mend what is listed first.'),
    ).toBeVisible();
  });

  await test.step('Mended, its sentence says what it asks for now', async () => {
    await card.getByRole('button', { name: 'Ask one more group' }).click();
    await card.getByRole('combobox', { name: 'Group in line 2' }).selectOption('Custody');
    await card.getByRole('textbox', { name: 'People in line 1' }).fill('2');
    await expect(card).toContainText(
      'Withdrawals need two approvers of Control and one co-signer of Custody.',
    );
    await expect(outcome(page).getByText('Tightens', { exact: true })).toBeVisible({
      timeout: CHECK_MS,
    });
  });

  await test.step('A dry run saves it first and names the deciding rule in both', async () => {
    await page.getByRole('button', { name: 'Try this draft' }).click();
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const draft = page.getByRole('region', { name: 'Under the draft' });
    await expect(draft).toContainText('Two approvers of Control.', { timeout: CHECK_MS });
    await expect(draft).toContainText('“Withdrawals: one approver, one co-signer”');
    await expect(page.getByRole('region', { name: /, in force$/ })).toContainText(
      'One approver of Control.',
    );
    await expect(page.getByText('The draft asks for other people or waits.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Saving' }).getByText(/^Saved/)).toBeVisible();
  });

  await test.step('A back-test counts rule by rule, lists what changes, and saves it as a file', async () => {
    const result = await backTest(page);
    await expect(
      result
        .getByRole('table', { name: 'Operations with another answer' })
        .getByRole('link')
        .first(),
    ).toHaveText(/^WD-/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      result.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('Operation,Kind,About');
    expect(text.split('\r\n').every((line) => !/^"?[=+@\t-]/.test(line))).toBe(true);
  });

  // Other tests go on in the same sandbox, so what is raised in the end is a cap one unit higher.
  const before = Number(await cap(page).inputValue());
  const raisedTo = new RegExp(`Is now: at most ${(before + 1).toLocaleString('en')} SOL`);
  await test.step('Another thought: only the cap rises, which loosens', async () => {
    await card.getByRole('textbox', { name: 'People in line 1' }).fill('1');
    await cap(page).fill(String(before + 1));
    await expect(outcome(page).getByText('Counts as loosening', { exact: true })).toBeVisible({
      timeout: CHECK_MS,
    });
    await expect(outcome(page).getByText(raisedTo)).toBeVisible();
    await saveDraft(page);
  });

  const address = await test.step('Raised with the key, after reading what is signed', async () => {
    await page.getByRole('link', { name: 'Raise this change' }).click();
    await page.getByRole('button', { name: 'Check and read it' }).click();
    await page.getByText('Read what you sign').waitFor({ timeout: CHECK_MS });
    await expect(page.getByText(raisedTo)).toBeVisible();
    await page.getByRole('button', { name: 'Raise with key' }).click();
    await page.waitForURL(/\/operations\/[0-9a-f-]{36}$/, { timeout: CHECK_MS });
    await page.getByRole('heading', { level: 1, name: /^Change the policy/ }).waitFor();
    await expectRefused(page, 'Approve with key', /You raised this policy change/);
    return page.url();
  });

  await test.step('Who approves and co-signs reads the differences in words', async () => {
    await openOperation(approver.page, address);
    await expect(approver.page.getByText(raisedTo)).toBeVisible();
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
  });

  await test.step('In force once the time-lock is over, with its difference on record', async () => {
    await page.goto(`${place.origin}/policy`);
    const link = page.locator(`a[href="${new URL(address).pathname}"]`);
    await expect(page.getByText('None was raised that is still open.')).toBeVisible({
      timeout: ADOPTION_MS,
    });
    await expect(link.first(), 'the version names the operation that made it').toBeVisible();
    await expect(page.getByText(`${(before + 1).toLocaleString('en')} SOL`)).toBeVisible();
  });
});

test('what two people save at once: the second is told, and nothing typed is lost', async ({
  three: { officer, approver },
  place,
}) => {
  const address = await beginDraft(officer.page, place.origin, 'Saved by two');
  await approver.page.goto(address);
  await cap(approver.page).fill('11');
  await saveDraft(approver.page);
  const { page } = officer;
  await cap(page).fill('22');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Somebody else saved it meanwhile.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Saving' })).toContainText('Was: at most 11 SOL');
  await expect(cap(page)).toHaveValue('22');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page
    .getByRole('region', { name: 'Saving' })
    .getByText(/^Saved/)
    .waitFor();
  await page.reload();
  await expect(cap(page)).toHaveValue('22');

  await cap(page).fill('23');
  await saveDraft(page);
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard it' }).click();
  await page.waitForURL(`${place.origin}/policy`);
  await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
  await expect(page.locator(`a[href="${new URL(address).pathname}"]`)).toHaveCount(0);
});

test('leaving with changes that are not saved asks first', async ({
  three: { officer },
  place,
}) => {
  const { page } = officer;
  const address = await beginDraft(page, place.origin, 'Left early');
  await cap(page).fill('33');
  await expect(page.getByText('Changes that are not saved.')).toBeVisible();
  const asked: string[] = [];
  const answers = [false, true];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    const answer = answers.shift() ?? true;
    void (answer ? dialog.accept() : dialog.dismiss());
  });
  const link = page.getByRole('navigation', { name: 'Where you are' }).getByRole('link');
  await link.click();
  await expect.poll(() => asked.length).toBe(1);
  expect(page.url(), 'still here').toBe(address);
  await expect(cap(page)).toHaveValue('33');
  await link.click();
  await page.waitForURL(`${place.origin}/policy`);
  expect(asked).toEqual([
    expect.stringContaining('not saved'),
    expect.stringContaining('not saved'),
  ]);
  page.removeAllListeners('dialog');
});

test('rules are moved by keyboard, the focus stays, and the new place is said', async ({
  three: { officer },
  place,
}) => {
  const { page } = officer;
  await beginDraft(page, place.origin, 'Another order');
  const down = page.getByRole('button', { name: /^Move down rule 1,/ });
  const title = (await ruleCardTitles(page))[0] ?? '';
  await down.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`“${title}” is now rule 2 of`)).toBeAttached();
  await expect(page.getByRole('button', { name: `Move down rule 2, ${title}` })).toBeFocused();
  await expect(outcome(page).getByText('It moves from place 1 to place 2.')).toBeVisible({
    timeout: CHECK_MS,
  });
  await page.getByRole('button', { name: `Remove rule 2, ${title}` }).click();
  await page.getByRole('button', { name: 'Put it back' }).click();
  expect((await ruleCardTitles(page))[1]).toBe(title);
  await page.getByRole('button', { name: 'Undo all changes' }).click();
  expect((await ruleCardTitles(page))[0]).toBe(title);
});

const ruleCardTitles = (page: Page): Promise<string[]> =>
  page.locator('[data-rule] h3 bdi').allTextContents();
