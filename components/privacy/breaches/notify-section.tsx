/** The notification to the authority: what is missing, what was signed off and sent, or that nobody is notified. */
import { recordNotifiedAction, returnClearanceAction } from '#lib/privacy/breach-actions.ts';
import { contents } from '#lib/privacy/breaches/completeness.ts';
import { authorityChannels } from '#lib/privacy/breaches/life.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { Code } from '../../ui/grouped.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { NowField } from '../requests/now-field.tsx';
import { aboutOf, Reasons } from './breach-acts.tsx';
import { notificationFile } from './breaches-address.ts';
import { SignStep } from './sign-step.tsx';

const most = 8000;
type Phase = BreachView['standing']['phases'][number];

export function NotifySection({ view }: { view: BreachView }) {
  const { standing, may } = view;
  const { phases } = standing;
  if (standing.awareAt === null) return null;
  return (
    <section>
      <SectionHeading>Notification to the authority (Art 33)</SectionHeading>
      <Panel label="Notification to the authority">
        <PanelRow title="What it has to hold" aside={<Completeness view={view} />}>
          <Missing view={view} />
        </PanelRow>
        {phases.map((phase) => (
          <PhaseRow key={phase.seq} phase={phase} view={view} />
        ))}
        {may.includes('notification-signed') && phases.at(-1)?.sent !== null && (
          <PanelRow
            title={phases.length === 0 ? 'Initial notification' : 'Further information'}
            aside={view.can.sign && <SignNotification view={view} />}
          >
            {view.can.sign
              ? 'It is made of what is on record, and you sign it as it is.'
              : 'A custody officer or a manager signs it off with a key, and it is sent then.'}
          </PanelRow>
        )}
        <Clearance view={view} />
      </Panel>
    </section>
  );
}

const Completeness = ({ view: { missing } }: { view: BreachView }) =>
  missing.length === 0 ? (
    <StatusMark shape="dot">All there</StatusMark>
  ) : (
    <StatusMark shape="ring" tone="caution">
      {missing.length} missing
    </StatusMark>
  );

function Missing({ view: { missing } }: { view: BreachView }) {
  if (missing.length === 0) return <>All of Article 33(3) is on record.</>;
  return (
    <>
      <ul className="list-disc ps-5">
        {missing.map((content) => (
          <li key={content}>
            {contents[content].name}{' '}
            <span className="text-text-quiet">({contents[content].article})</span>
            {content === 'contact' && (
              <>
                {': '}
                <TextLink href="/privacy/registers/parties">put the officer on record</TextLink>
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-1">It may come later, in parts, with the reasons (Art 33(4)).</p>
    </>
  );
}

function PhaseRow({ phase, view }: { phase: Phase; view: BreachView }) {
  const { phase: part, sent, missing, isLate } = phase;
  return (
    <PanelRow
      title={`Part ${part}`}
      aside={
        sent === null ? (
          <StatusMark shape="ring" tone="caution">
            Signed, not sent
          </StatusMark>
        ) : (
          <StatusMark shape="square">Sent</StatusMark>
        )
      }
    >
      <p>
        Signed <Time instant={phase.at} style="minute" />
        {isLate && ', after the 72 hours, with reasons'}.{' '}
        {missing.length === 0 ? 'It was complete.' : `${missing.length} to come later.`}{' '}
        {sent !== null && (
          <>
            Sent <Time instant={sent.sentAt} style="minute" /> (
            {authorityChannels[sent.channel].toLowerCase()}), reference{' '}
            <Code>{sent.reference}</Code>.
          </>
        )}
      </p>
      {!view.can.read && (
        <p>
          Its SHA-256 is <Code>{phase.digest}</Code>. Ask the data protection officer for its text.
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {view.can.read && (
          <>
            <LinkButton size="small" href={notificationFile(view.id, part, 'pdf')} download>
              Save as PDF
            </LinkButton>
            <LinkButton size="small" href={notificationFile(view.id, part, 'txt')} download>
              Save as text
            </LinkButton>
          </>
        )}
        {sent === null && view.can.work && <Sent view={view} />}
      </div>
    </PanelRow>
  );
}

const Sent = ({ view }: { view: BreachView }) => (
  <ActDialog
    act={recordNotifiedAction}
    label="It was sent"
    size="small"
    title="Proof that the authority has it"
    done="Record it"
    fixed={aboutOf(view)}
  >
    <NowField label="Sent at" name="sentAt" serverNow={view.serverNow} />
    <SelectField
      label="By"
      name="channel"
      placeholder="Choose by what"
      options={optionsOf(authorityChannels)}
    />
    <TextField
      label="Reference of the authority"
      name="reference"
      look="mono"
      hint="As its receipt has it."
      maxLength={60}
    />
    {!view.standing.hasDelay && view.standing.notifiedAt === null && (
      <TextAreaField
        label="Reasons for the delay"
        name="delay"
        hint="Only where it went out after the 72 hours."
        rows={3}
        maxLength={most}
      />
    )}
  </ActDialog>
);

function SignNotification({ view }: { view: BreachView }) {
  const { missing, clock, standing } = view;
  return (
    <SignStep
      step="notification-signed"
      about={aboutOf(view)}
      label="Sign it off"
      title={`${view.number}: ${standing.phases.length === 0 ? 'initial notification' : 'further information'}`}
      done="Sign with key"
      isRead
      tone={standing.notifiedAt === null ? 'primary' : 'secondary'}
    >
      <p>
        The text is made of what is on record. You read it before you sign it, and that you read it
        is on record.
      </p>
      {missing.length > 0 && (
        <TextAreaField
          label="Why the rest comes later"
          name="later"
          hint={`Not known yet: ${missing.map((one) => contents[one].name.toLowerCase()).join(', ')}.`}
          rows={3}
          maxLength={most}
        />
      )}
      {standing.notifiedAt === null && (
        <TextAreaField
          label="Reasons for the delay"
          name="delay"
          hint={
            clock.state === 'overdue'
              ? 'The 72 hours are over (Art 33(1)).'
              : 'Only where the 72 hours are over.'
          }
          rows={3}
          maxLength={most}
        />
      )}
    </SignStep>
  );
}

/** That nobody is notified takes two people. */
function Clearance({ view }: { view: BreachView }) {
  const { standing, can, may } = view;
  if (standing.clearedAt !== null)
    return (
      <PanelRow title="Not notified">
        Two people decided <Time instant={standing.clearedAt} style="minute" /> that no risk to
        persons is likely. The reasons are among the texts.
      </PanelRow>
    );
  if (standing.proposal !== null)
    return (
      <PanelRow
        title="Proposed not to notify"
        aside={
          can.sign && (
            <span className="flex flex-wrap gap-2">
              {can.second && (
                <SignStep
                  step="clearance-approved"
                  about={aboutOf(view)}
                  label="Decide it"
                  title={`${view.number}: the authority is not notified`}
                  done="Decide with key"
                  tone="primary"
                >
                  <p>
                    No risk to persons is likely, so the authority is not notified (Art 33(1)). Read
                    the reasons among the texts first.
                  </p>
                </SignStep>
              )}
              <ActDialog
                act={returnClearanceAction}
                label="Send it back"
                size="small"
                title="Send the proposal back"
                done="Send it back"
                fixed={aboutOf(view)}
              >
                <Reasons hint="What speaks against it." />
              </ActDialog>
            </span>
          )
        }
      >
        {can.second
          ? 'Another person than who proposed it decides.'
          : 'It waits for another custody officer or manager.'}{' '}
        Until then the 72 hours run.
      </PanelRow>
    );
  if (standing.risk !== 'unlikely' || standing.notifiedAt !== null || !can.sign) return null;
  if (!may.includes('clearance-proposed')) return null;
  return (
    <PanelRow
      title="Or nobody is notified"
      aside={
        <SignStep
          step="clearance-proposed"
          about={aboutOf(view)}
          label="Propose not to notify"
          title={`${view.number}: propose not to notify`}
          done="Propose with key"
        >
          <p>No risk to persons is likely by the assessment. A second person decides.</p>
          <Reasons hint="Why no risk is likely. The authority may ask for them (Art 33(5))." />
        </SignStep>
      }
    >
      Where no risk to persons is likely, two people decide that the authority is not notified.
    </PanelRow>
  );
}
