/** Subject of audit entries about exports of the register of information. */
export const registerSubject = 'register-of-information';
