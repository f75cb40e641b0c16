import { currentLocale } from '../../../i18n/messages';
import type { Draft } from '../../../state/draft';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import { REPORT_SECTIONS } from '../../../wire/types';
import { SignInAgain } from '../SignInAgain';
import { w } from '../words';

function savedText(at: number | null): string {
  if (at === null) return w('report.savedPlain');
  return w('report.saved', {
    time: new Date(at).toLocaleTimeString(currentLocale(), { timeStyle: 'medium' }),
  });
}

/** Whether the hub has what is written; a conflict is shown whole and settled by the reader. */
export function DraftStatus({ draft }: { readonly draft: Draft }) {
  const state = draft.state.value;
  switch (state.kind) {
    case 'saved':
      return draft.base.value.status === 'NONE' ? (
        <p class="soft">{w('report.slash')}</p>
      ) : (
        <p class="soft">{savedText(state.at)}</p>
      );
    case 'unsaved':
      return <p class="soft">{w('report.unsaved')}</p>;
    case 'saving':
      return <p class="soft">{w('report.saving')}</p>;
    case 'failed':
      return (
        <ProblemNote failure={state.failure}>
          <p>{w('report.failed')}</p>
          <SignInAgain failure={state.failure} />
          <Button onClick={() => void draft.save()}>{w('case.retry')}</Button>
        </ProblemNote>
      );
    case 'conflict':
      return (
        <div class="problem" role="alert">
          <p class="problem__title">{w('report.conflictTitle')}</p>
          <p>{w('report.conflictText')}</p>
          <h4>{w('report.conflictTheirs')}</h4>
          {REPORT_SECTIONS.filter((section) => state.theirs.sections[section] !== '').map((section) => (
            <p key={section} dir="auto">
              <strong>{w(`report.${section}`)}: </strong>
              {state.theirs.sections[section]}
            </p>
          ))}
          <div class="problem__actions">
            <Button onClick={() => void draft.settle('mine')}>{w('report.keepMine')}</Button>
            <Button onClick={() => void draft.settle('theirs')}>{w('report.keepTheirs')}</Button>
          </div>
        </div>
      );
  }
}
