import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextField } from '../../../ui/Field';
import { ProblemNote } from '../../../ui/ProblemNote';
import { say } from '../../../ui/Toasts';
import { isAbort, Problem } from '../../../wire/http';
import { signReport } from '../../../wire/reports';
import { REPORT_SECTIONS } from '../../../wire/types';
import { mismatchedFields } from '../case/MismatchBar';
import { PatientBanner } from '../case/PatientBanner';
import { BLANK } from '../phrases';
import { w } from '../words';
import { DraftStatus } from './DraftStatus';
import { preliminary } from './preliminary';
import { notYet } from './ReportPane';

/** The hub's word for a case of which pictures are still under way. */
const NOT_ALL_HERE = 'TR-0204';

const isNotAllHere = (failure: unknown) => failure instanceof Problem && failure.code === NOT_ALL_HERE;

/** Shows what will be signed and for whom, and asks for the password again. */
export function SignDialog({ open, onClose }: { readonly open: OpenCase; readonly onClose: () => void }) {
  const password = useSignal('');
  const checked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(null);
  const data = open.data.value;
  const draft = open.draft.value;

  useEffect(() => {
    void draft?.save();
  }, [draft]);

  if (data === null || draft === null) return null;
  // What the hub found must be corrected by the clinic; what only this page sees, the reader may judge.
  const refused = data.mismatch !== null;
  const doubtful = !refused && mismatchedFields(data, open.images).length > 0;
  const reason = notYet(data);
  const missing = open.images.missing.value;
  const arriving = open.images.sets.value.some((set) => set.incomplete > 0);
  const sections = draft.base.value.sections;
  const blanks = REPORT_SECTIONS.some((section) => sections[section].includes(BLANK));

  const sign = async () => {
    busy.value = true;
    failure.value = null;
    try {
      if (!(await draft.save())) return;
      const report = await signReport(open.id, draft.base.value.version, password.value, open);
      draft.settled(report);
      say(w('sign.done'), 'good');
      void open.load();
      onClose();
    } catch (problem) {
      if (!isAbort(problem)) failure.value = problem;
      if (isNotAllHere(problem)) void open.load();
    } finally {
      password.value = '';
      busy.value = false;
    }
  };

  const releaseInstead = async () => {
    busy.value = true;
    if (await preliminary(open)) onClose();
    busy.value = false;
  };

  return (
    <Dialog title={w('sign.title')} wide onClose={onClose}>
      <p>{w('sign.what')}</p>
      <PatientBanner data={data} header={open.images.header.value} />
      {draft.state.value.kind !== 'saved' && <DraftStatus draft={draft} />}
      <div class="signed signed--text">
        {REPORT_SECTIONS.map((section) => (
          <div key={section}>
            <h3>{w(`report.${section}`)}</h3>
            <p dir="auto">{sections[section] || w('sign.blank')}</p>
          </div>
        ))}
      </div>
      {refused && <p class="warning">{w('sign.mismatch')}</p>}
      {blanks && <p class="warning">{w('sign.blanks')}</p>}
      {sections.impression.trim() === '' && <p class="warning">{w('sign.noImpression')}</p>}
      {arriving && reason === null && <p class="warning">{w('sign.arriving')}</p>}
      {missing > 0 && reason === null && <p class="warning">{w('sign.missing', { count: missing })}</p>}
      {reason !== null && !isNotAllHere(failure.value) && <p class="warning">{reason}</p>}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        {doubtful && (
          <label class="check">
            <input
              type="checkbox"
              required
              checked={checked.value}
              onChange={(event) => {
                checked.value = event.currentTarget.checked;
              }}
            />
            <span>
              {w('sign.checked')} <span class="soft">{w('sign.checkFirst')}</span>
            </span>
          </label>
        )}
        <TextField
          label={w('sign.password')}
          type="password"
          name="password"
          autocomplete="current-password"
          hint={w('sign.final')}
          required
          autofocus
          value={password.value}
          onInput={(event) => {
            password.value = event.currentTarget.value;
          }}
        />
        {failure.value !== null && <ProblemNote failure={failure.value} />}
        <div class="dialog__actions">
          {reason !== null && (
            <Button disabled={busy.value} onClick={() => void releaseInstead()}>
              {w('sign.preliminary')}
            </Button>
          )}
          <Button
            kind="primary"
            type="submit"
            disabled={busy.value || refused || blanks || reason !== null || draft.dirty.value}
          >
            {w('sign.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
