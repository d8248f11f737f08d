/** What a question to a peer and the page that answers it have in common. */
type Question = {
  party: string;
  to: string;
  genesisDigest: string;
  nonce: string;
};

/** Whether a page is from the one who was asked, to the one who asked, about this question. */
export const isAnswerTo = (question: Question, page: Question): boolean =>
  page.party === question.to &&
  page.to === question.party &&
  page.genesisDigest === question.genesisDigest &&
  page.nonce === question.nonce;
