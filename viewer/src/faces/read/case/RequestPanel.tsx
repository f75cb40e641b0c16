import { termText } from '../../../i18n/term';
import type { Case } from '../../../wire/types';
import { w } from '../words';

/** Image Laterality's codes (PS3.3 C.7.6.1) in words. */
function sideText(side: string | null | undefined): string {
  return side === 'L' || side === 'R' || side === 'B' ? w(`side.${side}`) : '';
}

/** What the clinic asks and knows: always in sight beside the images. */
export function RequestPanel({ data }: { readonly data: Case }) {
  const { request, referrer } = data;
  if (request === null) {
    return <p class="panel request__none">{w('case.noRequest')}</p>;
  }
  const part = [termText(request.bodyPart), sideText(request.laterality)]
    .filter((each) => each !== '')
    .join(', ');
  return (
    <section class="panel request" aria-label={w('case.question')}>
      <h3>{w('case.question')}</h3>
      <p class="request__question" dir="auto">
        {request.question}
      </p>
      <h3>{w('case.history')}</h3>
      <p class="request__text" dir="auto">
        {request.history == null || request.history === '' ? w('case.noHistory') : request.history}
      </p>
      <p class="request__facts">
        {part !== '' && (
          <span>
            {w('case.bodyPart')}: {part}
          </span>
        )}
        {referrer !== null && (
          <span>
            {w('case.referrer')}:{' '}
            <bdi>
              {referrer.displayName}
              {referrer.organisation == null ? '' : `, ${referrer.organisation}`}
            </bdi>
          </span>
        )}
      </p>
    </section>
  );
}
