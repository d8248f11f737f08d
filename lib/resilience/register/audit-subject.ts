/** Subject of audit entries about exports of the register of information; the calendar finds the newest by it. */
export const registerSubject = 'register-of-information';
