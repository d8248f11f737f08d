/** What a duty of the worker says when its time had not come, so that it neither failed nor went. */
export const notYet = 'not yet';
export type NotYet = typeof notYet;
