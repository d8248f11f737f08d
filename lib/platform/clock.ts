/** Where "now" comes from; passed in, so that rules and tests can fix it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
