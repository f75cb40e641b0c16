import type { OpenCase } from '../../../state/openCase';
import { say, sayProblem } from '../../../ui/Toasts';
import { releasePreliminary } from '../../../wire/reports';
import { w } from '../words';

/** Saves the draft and releases it as preliminary; true when that was done. */
export async function preliminary(open: OpenCase): Promise<boolean> {
  const draft = open.draft.value;
  if (draft === null || !(await draft.save())) return false;
  try {
    draft.settled(await releasePreliminary(open.id, draft.base.value.version, open));
    say(w('report.preliminaryDone'), 'good');
    void open.load();
    return true;
  } catch (failure) {
    sayProblem(failure);
    return false;
  }
}
