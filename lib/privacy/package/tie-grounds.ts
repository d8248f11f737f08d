/** Why a tie to a client gives nothing of the client to a copy before it is confirmed. Pure, for screens too. */

/** As the database says them (`privacy_request_ties`). */
export const tieGrounds = {
  young: 'recorded within the last 30 days',
  further: 'a further client, beside the one by which the person was known first',
  'after-request': 'recorded after the request came in',
  'same-person': 'recorded by somebody who works on the request',
  'recorder-unknown':
    'nothing says who recorded it, so two people confirm it: one in the legal review, and another on the page of the person',
} as const;
export type TieGround = keyof typeof tieGrounds;

export const groundWords = (grounds: readonly TieGround[]): string =>
  grounds.map((one) => tieGrounds[one]).join('; ');
