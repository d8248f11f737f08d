/** Why a transaction is not taken, in Bitcoin Core's words. */
export type Reject = {
  /** Core's reject reason, such as `insufficient fee`. */
  reason: string;
  detail: string | null;
};

export const reject = (reason: string, detail: string | null = null): Reject => ({
  reason,
  detail,
});

export const rejectText = ({ reason, detail }: Reject): string =>
  detail === null ? reason : `${reason}, ${detail}`;
