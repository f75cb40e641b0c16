import { useEffect } from 'preact/hooks';
import { onKeys } from '../../../state/keys';
import type { OpenCase } from '../../../state/openCase';
import type { Room } from '../../../state/room';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import { ImagesPane } from '../images/ImagesPane';
import { ReportPane } from '../report/ReportPane';
import { w } from '../words';
import { ArrivalNote } from './ArrivalNote';
import { CaseActions, claim } from './CaseActions';
import { Conversation } from './Conversation';
import { MismatchBar } from './MismatchBar';
import { PatientBanner } from './PatientBanner';
import { RequestPanel } from './RequestPanel';

function focusOn(name: string): boolean {
  const element = document.querySelector<HTMLElement>(`[name="${name}"]`);
  element?.focus();
  return element !== null;
}

function useCaseKeys(room: Room, open: OpenCase): void {
  useEffect(
    () =>
      onKeys((event) => {
        if (event.altKey || event.shiftKey) return false;
        switch (event.key) {
          case 'c':
            if (open.may('claim')) void claim(open);
            return open.may('claim');
          case 'a':
            if (open.may('needs-info')) room.dialog.value = 'ask';
            return open.may('needs-info');
          case 'x':
            if (open.may('reject')) room.dialog.value = 'reject';
            return open.may('reject');
          case 'e':
            return focusOn('findings');
          case 's':
            return focusOn('impression');
          case 'm':
            return focusOn('message');
          default:
            return false;
        }
      }),
    [room, open],
  );
}

export function CaseView({ room, open }: { readonly room: Room; readonly open: OpenCase }) {
  useCaseKeys(room, open);
  const data = open.data.value;

  if (data === null) {
    return open.failure.value === null ? (
      <p class="stage__wait" role="status">
        {w('case.loading')}
      </p>
    ) : (
      <div class="stage__wait">
        <ProblemNote failure={open.failure.value}>
          <Button onClick={() => void open.load()}>{w('case.retry')}</Button>
        </ProblemNote>
      </div>
    );
  }

  return (
    <article class="case" aria-label={data.number}>
      <PatientBanner data={data} header={open.images.header.value} />
      <MismatchBar data={data} images={open.images} />
      <ImagesPane open={open} />
      <aside class="side">
        {open.failure.value !== null && (
          <ProblemNote failure={open.failure.value}>
            <Button onClick={() => void open.load()}>{w('case.retry')}</Button>
          </ProblemNote>
        )}
        <CaseActions room={room} open={open} data={data} />
        <ArrivalNote open={open} />
        <RequestPanel data={data} />
        <ReportPane room={room} open={open} data={data} />
        <Conversation open={open} data={data} />
      </aside>
    </article>
  );
}
