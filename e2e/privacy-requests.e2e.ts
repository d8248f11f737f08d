import { randomUUID } from 'node:crypto';
import { enrol } from './support/enrol.ts';
import { askForGuestLink } from './support/invite.ts';
import { newPerson, type Person, type Place } from './support/person.ts';
import { expect, test, type Page } from './support/test.ts';

/** Somebody is admitted by every party, and a request goes its whole way. */
const TEST_MS = 300_000;
const STEP_MS = 20_000;
const COLLECT_MS = 60_000;

const act = async (page: Page, label: string): Promise<void> =>
  page.getByRole('button', { name: label, exact: true }).first().click();
/** Dialog of the act that was begun. */
const form = (page: Page) => page.getByRole('dialog');
const record = async (page: Page, label: string): Promise<void> => {
  await form(page).getByRole('button', { name: label, exact: true }).click();
  await expect(form(page)).toHaveCount(0, { timeout: STEP_MS });
};

/** Builds the copy and reads every text of staff in it. @returns whether it leaves something out. */
async function buildCopy(page: Page): Promise<boolean> {
  const copy = page.getByRole('region', { name: 'Package', exact: true });
  const isBuilt = () =>
    expect(copy.getByText('Built', { exact: true })).toBeVisible({ timeout: COLLECT_MS });
  await copy.getByRole('button', { name: 'Build the package' }).click();
  await isBuilt();
  const unread = copy.getByText(/texts? to be read\.$/);
  if ((await unread.count()) > 0) {
    await copy.getByRole('button', { name: 'Open the preview' }).click();
    await expect(copy.getByLabel('Goes in', { exact: true }).first()).toBeVisible();
    for (const choice of await copy.getByLabel('Goes in', { exact: true }).all())
      await choice.selectOption('in');
    await copy.getByRole('button', { name: 'Build it with these choices' }).click();
    await expect(copy.getByText('Version 2')).toBeVisible({ timeout: COLLECT_MS });
    await isBuilt();
    await expect(unread).toHaveCount(0);
  }
  return (await copy.getByText('It leaves something out.').count()) > 0;
}

/** Sends the public form from a browser that runs no scripts. @returns number of the request. */
async function sendWithoutScripts(place: Place, message: string): Promise<string> {
  const context = await place.browser.newContext({ javaScriptEnabled: false });
  place.complaints.followAll(context, 'a visitor');
  const page = await context.newPage();
  await page.goto(`${place.origin}/privacy-request`);
  await page.getByLabel('What do you ask for?').selectOption('access');
  await page.getByLabel('Your name').fill('Änne Müller');
  await page.getByLabel('Your e-mail address').fill('aenne.mueller@example.org');
  await page.getByLabel('In your words').fill(message);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByText('We have your request.')).toBeVisible({ timeout: STEP_MS });
  const number = await page.getByText(/^DSR-\d{4}-\d{6,}$/).innerText();
  await expect(page.getByText(/^[a-z2-7]{26}$/)).toBeVisible();
  await context.close();
  return number;
}

/** A guest enrols as data protection officer, is admitted by the sample colleagues and signs in. */
async function comeInAsDpo(place: Place): Promise<Person> {
  const dpo = await newPerson(place, 'the data protection officer');
  const { link } = await askForGuestLink(dpo.page, place.origin, 'dpo');
  await enrol(dpo.page, link);
  return dpo;
}

test('a request for access goes from the public form to its answer, advised on by one and decided by two others', async ({
  three: { officer, approver },
  place,
}) => {
  test.setTimeout(TEST_MS);
  const { origin } = place;
  const message = `Please tell me what you hold about me. ${randomUUID()}`;

  const number = await test.step('Somebody asks by the public form, without scripts', () =>
    sendWithoutScripts(place, message));
  const dpo = await test.step('A data protection officer comes in', () => comeInAsDpo(place));
  const { page } = dpo;

  await test.step('It stands on the home of data protection and waits for her', async () => {
    await page.goto(`${origin}/privacy`);
    await page.getByRole('link', { name: 'All requests' }).click();
    await page.getByRole('link', { name: number }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Access and copy');
    await expect(page.getByText('Nobody is identified.').first()).toBeVisible();
    await page.getByText('How it was counted').click();
    await expect(page.getByText('Regulation 1182/71 Art 3(1)', { exact: true })).toBeVisible();
  });
  const address = page.url();

  await test.step('What was written is opened, and the trail of the page says nothing of it before', async () => {
    await expect(page.getByText(message)).toHaveCount(0);
    await act(page, 'Open the texts');
    await expect(page.getByText(message)).toBeVisible();
    await act(page, 'Close the texts');
    await expect(page.getByText(message)).toHaveCount(0);
  });

  await test.step('The person is found, chosen and identified', async () => {
    await act(page, 'Identify the person');
    await form(page).getByLabel('Search by').selectOption('email');
    await form(page).getByLabel('What you search for').fill('aenne.mueller@example.org');
    await form(page).getByRole('button', { name: 'Search', exact: true }).click();
    await form(page).getByRole('radio').first().check();
    await form(page).getByLabel('By what the person is known').selectOption('called-back');
    await form(page).getByLabel('Proof').fill('Called back on the number on record.');
    await record(page, 'This is the person');
    await expect(page.getByRole('button', { name: 'Collect from every system' })).toBeVisible();
  });

  const isInPart =
    await test.step('Every system is looked through, and the copy is built', async () => {
      await act(page, 'Collect from every system');
      await expect(page.getByText(/^(?<all>\d+) of \k<all> collected$/)).toBeVisible({
        timeout: COLLECT_MS,
      });
      return buildCopy(page);
    });

  await test.step('It is reviewed, and the officer advises', async () => {
    await act(page, 'Record the legal review');
    await form(page).getByLabel('Reasons').fill('Nothing stands against handing out a copy.');
    await record(page, 'Record the review');
    await act(page, 'Give the opinion');
    await form(page).getByLabel('Opinion', { exact: true }).selectOption('for');
    await form(page).getByLabel('In words').fill('She has the right to all of it.');
    await record(page, 'Give it');
    await expect(page.getByText('A manager proposes the decision.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Propose the decision' })).toHaveCount(0);
  });

  await test.step('A manager reads what is signed and proposes; only another person can approve', async () => {
    const manager = officer.page;
    await manager.goto(address);
    await act(manager, 'Propose the decision');
    await form(manager)
      .getByLabel('Decision', { exact: true })
      .selectOption(isInPart ? 'grant-in-part' : 'grant');
    if (isInPart)
      await form(manager)
        .getByRole('checkbox', { name: /^Rights and freedoms of others/ })
        .check();
    await form(manager).getByLabel('Reasons').fill('Nothing stands against it.');
    const read = form(manager).getByRole('button', { name: 'Read what you sign' });
    await read.click();
    await expect(form(manager).getByText('Nothing stands against it.')).toBeVisible();
    await form(manager).getByRole('button', { name: 'Change it' }).click();
    await expect(form(manager).getByLabel('Reasons')).toHaveValue('Nothing stands against it.');
    await read.click();
    await record(manager, 'Propose with key');
    await expect(
      manager.getByText('You proposed it, so another person approves it.', { exact: true }),
    ).toBeVisible();
    await expect(manager.getByRole('button', { name: 'Approve with key' })).toHaveCount(0);
    const second = approver.page;
    await second.goto(address);
    await expect(second.getByRole('region', { name: 'Approval' })).toContainText(number);
    await act(second, 'Approve with key');
    await expect(second.getByRole('region', { name: 'Decision of the controller' })).toContainText(
      'Approved by',
      { timeout: STEP_MS },
    );
  });

  await test.step('The answer is recorded with the digest of what was sent, and the request is closed', async () => {
    await act(page, 'Record the answer to the person');
    await form(page).getByLabel('How it was sent').selectOption('portal');
    await expect(form(page).getByLabel('SHA-256 of what was sent')).toHaveValue(/^[0-9a-f]{64}$/);
    await form(page).getByLabel('Proof of dispatch').fill('Receipt of the portal.');
    await record(page, 'Record that it was sent');
    await expect(page.getByText('Answered in time').first()).toBeVisible();
    await act(page, 'Close');
    await record(page, 'Close it');
    await expect(page.getByText('Nothing is left to do.')).toBeVisible();
  });
  await dpo.context.close();
});

test('a request about nobody identified can only be refused, and a wrong message file is refused with its reason', async ({
  three: { officer },
  place,
}) => {
  test.setTimeout(TEST_MS);
  const { origin } = place;
  const dpo = await comeInAsDpo(place);
  const { page } = dpo;

  await test.step('A file that is no message is refused, and nothing typed is lost', async () => {
    await page.goto(`${origin}/privacy/requests`);
    await act(page, 'Import a message');
    await form(page).getByLabel('What is asked for').selectOption('erasure');
    await form(page)
      .getByLabel('The message')
      .setInputFiles({ name: 'empty.eml', mimeType: 'message/rfc822', buffer: Buffer.from('Hi') });
    await form(page).getByRole('button', { name: 'Take it in', exact: true }).click();
    await expect(form(page).getByText('Nothing was taken in.')).toBeVisible({ timeout: STEP_MS });
    await expect(form(page).getByLabel('What is asked for')).toHaveValue('erasure');
  });

  await test.step('A message becomes a request, and what it carried is named, not shown', async () => {
    const mail = [
      'From: Somebody <somebody@example.org>',
      'Subject: Erase me',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain',
      '',
      'Erase everything about me.',
      '--x',
      'Content-Type: text/html; name=page.html',
      'Content-Disposition: attachment; filename=page.html',
      '',
      '<script>alert(1)</script>',
      '--x--',
      '',
    ].join('\r\n');
    await form(page)
      .getByLabel('The message')
      .setInputFiles({ name: 'mail.eml', mimeType: 'message/rfc822', buffer: Buffer.from(mail) });
    await form(page).getByRole('button', { name: 'Take it in', exact: true }).click();
    await page.waitForURL(/\/privacy\/requests\/DSR-/, { timeout: STEP_MS });
    await expect(page.getByText('1 file left out, as it may not be kept')).toBeVisible();
    await act(page, 'Open the texts');
    await expect(page.getByText(/page\.html: \d+ bytes, SHA-256 [0-9a-f]{64}/)).toBeVisible();
  });
  const address = page.url();

  await test.step('Reviewed and advised on without a person, it can only be refused', async () => {
    await page.getByText('Other things that can be done now').click();
    await act(page, 'Record the legal review');
    await form(page).getByLabel('Reasons').fill('Nobody is identified by this message.');
    await record(page, 'Record the review');
    await act(page, 'Give the opinion');
    await form(page).getByLabel('Opinion', { exact: true }).selectOption('against');
    await form(page).getByLabel('In words').fill('Nobody is identified, and nobody can be.');
    await record(page, 'Give it');
    const manager = officer.page;
    await manager.goto(address);
    await act(manager, 'Propose the decision');
    await expect(form(manager).getByLabel('Decision', { exact: true })).toHaveValue('refuse');
    await expect(
      form(manager).getByRole('checkbox', { name: /^The person can’t be identified/ }),
    ).toBeChecked();
  });
  await dpo.context.close();
});
