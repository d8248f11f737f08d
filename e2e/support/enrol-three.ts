/** Three new people come into the console: one by a guest's link, two by her invitation. */
import { enrol, registerThroughLink, signIn, waitForAdmission } from './enrol.ts';
import { askForGuestLink, inviteOfficer } from './invite.ts';
import { drawNames } from './names.ts';
import { newPerson, type Person, type Place } from './person.ts';
import type { Step } from './step.ts';

export type Three = {
  /** Officer and administrator of no group: raises, neither approves nor co-signs. */
  officer: Person;
  /** Officer of Control. */
  approver: Person;
  /** Officer of Custody. */
  cosigner: Person;
  /** Enrolment link of the officer, who has used it up. */
  usedLink: string;
};

async function enrolOfficer(place: Place, step: Step): Promise<{ officer: Person; link: string }> {
  const officer = await newPerson(place, 'officer');
  const { page } = officer;
  const { origin } = place;
  const { name, link } = await step('The sandbox gives a guest a one-time link', page, () =>
    askForGuestLink(page, origin, 'officer'),
  );
  await step(`${name} opens the link and registers a key`, page, () =>
    registerThroughLink(page, link, 'Tour key'),
  );
  await step(`Sample colleagues admit ${name}; every party checks it`, page, () =>
    waitForAdmission(page),
  );
  await step(`${name} signs in with the key`, page, () => signIn(page, origin));
  return { officer: { ...officer, name }, link };
}

/** Plays it step by step. The colleagues of a sandbox admit people by themselves. */
export async function enrolThree(place: Place, step: Step): Promise<Three> {
  const { officer, link: usedLink } = await enrolOfficer(place, step);
  const { origin } = place;
  const [first, second] = drawNames();
  const forApprover = await step(`${officer.name} invites ${first} for Control`, officer.page, () =>
    inviteOfficer(officer.page, origin, { name: first, group: 'Control' }),
  );
  const forCosigner = await step(
    `${officer.name} invites ${second} for Custody`,
    officer.page,
    () => inviteOfficer(officer.page, origin, { name: second, group: 'Custody' }),
  );
  const [approver, cosigner] = [await newPerson(place, first), await newPerson(place, second)];
  await step(`${first} and ${second} enrol, are admitted and sign in`, approver.page, async () => {
    await Promise.all([
      enrol(approver.page, forApprover.link, 'Tour key'),
      enrol(cosigner.page, forCosigner.link, 'Tour key'),
    ]);
  });
  return { officer, approver, cosigner, usedLink };
}
