import { confirmTieAction } from '#lib/privacy/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';

/** Confirms that somebody is the client, for who did not record it. */
export function ConfirmTie(tie: Readonly<Record<'person' | 'client' | 'since', string>>) {
  return (
    <ActDialog
      act={confirmTieAction}
      label="Confirm it"
      title={`Client ${tie.client}`}
      size="small"
      done="Confirm"
      fixed={tie}
    >
      <p>
        Copies of their data tell the person what the client has. Look at the agreement with the
        client first: you say that the person is the client, since the day that stands here.
      </p>
    </ActDialog>
  );
}
