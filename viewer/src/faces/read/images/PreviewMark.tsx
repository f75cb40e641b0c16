import { Warning } from '../../../ui/Warning';
import { w } from '../words';

/** Lies over every preview for as long as it is shown: nobody may take it for the image. */
export function PreviewMark() {
  return (
    <p class="preview-mark">
      <Warning />
      {w('preview.mark')}
    </p>
  );
}
