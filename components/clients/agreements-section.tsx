import { endAgreementAction } from '#lib/clients/actions.ts';
import type { AgreementView, ClientView } from '#lib/clients/view-client.ts';
import { TextAreaField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { AgreementForm } from './agreement-form.tsx';

/** Every agreement of a client, newest first. */
export function AgreementsSection({ view }: { view: ClientView }) {
  const { client, agreements, policyVersions, canWrite } = view;
  const canRegister = canWrite && policyVersions.length > 0;
  return (
    <section>
      <SectionHeading
        action={canRegister && <AgreementForm client={client} policyVersions={policyVersions} />}
      >
        Agreements
      </SectionHeading>
      {agreements.length === 0 ? (
        <p className="text-text-quiet">
          None is registered.{' '}
          {policyVersions.length === 0
            ? 'Record the custody policy first: an agreement names its version.'
            : 'Register the one that was signed.'}
        </p>
      ) : (
        <Panel label="Agreements, newest first">
          {agreements.map((agreement) => (
            <AgreementRow key={agreement.id} agreement={agreement} canWrite={canWrite} />
          ))}
        </Panel>
      )}
    </section>
  );
}

function AgreementRow({ agreement, canWrite }: { agreement: AgreementView; canWrite: boolean }) {
  const { id, number, version, parties, document, signedOn, inForceFrom, endedAt } = agreement;
  return (
    <PanelRow
      title={
        <>
          <Code>{number}</Code>, version {version}
        </>
      }
      aside={<AgreementMark agreement={agreement} />}
    >
      <p>
        Between <bdi>{parties}</bdi>. Signed on <Time instant={signedOn} style="day" />, in force
        from <Time instant={inForceFrom} style="day" />; names custody policy version{' '}
        {agreement.policyVersion}.
      </p>
      <p>
        All seven contents of Article 75(1).{' '}
        {agreement.rights === 'client'
          ? 'What rights events bring goes to the client.'
          : 'It says expressly that what rights events bring goes to the custodian.'}{' '}
        Document: <bdi>{document}</bdi>. Registered <Time instant={agreement.registeredAt} /> by{' '}
        <bdi>{agreement.registeredBy}</bdi>.
      </p>
      {endedAt !== null && (
        <p>
          Ended <Time instant={endedAt} />.
        </p>
      )}
      {canWrite && endedAt === null && (
        <div className="mt-2">
          <ActDialog
            act={endAgreementAction}
            label="End this agreement"
            title={`End ${number}`}
            size="small"
            done="End it"
            fixed={{ id, seen: '0' }}
          >
            <p>It is not in force from now on. The client’s assets stay the client’s.</p>
            <TextAreaField label="Reasons" name="reasons" rows={3} maxLength={4000} />
          </ActDialog>
        </div>
      )}
    </PanelRow>
  );
}

function AgreementMark({ agreement: { isInForce, endedAt } }: { agreement: AgreementView }) {
  if (isInForce)
    return (
      <StatusMark shape="dot" tone="good">
        In force
      </StatusMark>
    );
  return <StatusMark shape="square">{endedAt === null ? 'Not in force' : 'Ended'}</StatusMark>;
}
