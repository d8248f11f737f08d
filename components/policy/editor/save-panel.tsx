import type { SaveConflict } from '#lib/operations/policy/save-draft.ts';
import type { DraftView } from '#lib/operations/policy/view-draft.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { ChangesList } from '../changes-list.tsx';
import type { DraftState } from './use-draft.ts';

/** Whether the draft is saved, by whom and when, and the button that saves it. */
export function SavePanel({ draft, state }: { draft: DraftView; state: DraftState }) {
  const { isDirty, saved, save, saveNow, undo, redo, faults } = state;
  const open = Object.keys(faults.fields).length + Object.keys(faults.rules).length;
  return (
    <section aria-label="Saving" className="space-y-3">
      <p className="text-text-quiet">
        {isDirty ? (
          <strong className="text-caution">Changes that are not saved.</strong>
        ) : (
          <>
            Saved <Time instant={saved.at} style="minute" /> by <bdi>{saved.by}</bdi>.
          </>
        )}
        {isDirty && open > 0 && ' Some fields are not filled in yet.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          tone={isDirty ? 'primary' : 'secondary'}
          refused={!isDirty}
          pending={save.what === 'saving'}
          pendingLabel="Saving"
          onClick={() => void saveNow()}
        >
          Save
        </Button>
        {isDirty && <Button onClick={undo}>Undo all changes</Button>}
        {!isDirty && redo && <Button onClick={redo}>Bring them back</Button>}
      </div>
      {save.what === 'refused' && (
        <Notice tone="danger" title="Not saved." announce="assertive">
          {save.sentence} What you typed is still here.
        </Notice>
      )}
      {save.what === 'conflict' && (
        <Conflict draft={draft.id} conflict={save.conflict} saveNow={saveNow} />
      )}
    </section>
  );
}

function Conflict({
  draft,
  conflict,
  saveNow,
}: {
  draft: string;
  conflict: SaveConflict;
  saveNow: DraftState['saveNow'];
}) {
  return (
    <div className="space-y-3">
      <Notice
        tone="caution"
        title="Somebody else saved it meanwhile."
        announce="assertive"
        more={
          <>
            {conflict.updatedBy}, <Time instant={conflict.updatedAt} />. What you typed is still
            here.
          </>
        }
        action={
          <>
            <LinkButton size="small" href={`/policy/drafts/${draft}`} target="_blank">
              Open theirs in a new tab
            </LinkButton>
            <Button
              size="small"
              tone="danger"
              onClick={() => void saveNow({ revision: conflict.revision })}
            >
              Save mine over it
            </Button>
          </>
        }
      >
        Saving yours would change theirs as listed below.
      </Notice>
      <ChangesList changes={conflict.changes} />
    </div>
  );
}
