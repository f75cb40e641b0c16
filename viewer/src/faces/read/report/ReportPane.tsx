import { useEffect } from 'preact/hooks';
import { timeText } from '../../../i18n/dates';
import { isBlank } from '../../../state/draft';
import type { OpenCase } from '../../../state/openCase';
import type { Room } from '../../../state/room';
import { Button } from '../../../ui/Button';
import { say } from '../../../ui/Toasts';
import { reportPdfPath } from '../../../wire/reports';
import { type Case, nameOf, REPORT_SECTIONS, type ReportView } from '../../../wire/types';
import { w } from '../words';
import { DraftStatus } from './DraftStatus';
import { preliminary } from './preliminary';
import { SectionField } from './SectionField';

/** Why the report cannot be signed as final yet; null when it can. */
export function notYet(data: Case | null): string | null {
  const underWay = data?.underWay ?? null;
  if (underWay === null) return null;
  return w('report.notYet', { stored: underWay.storedInstances, total: underWay.totalInstances });
}

/** The keys that work while one writes. */
function useReportKeys(room: Room, open: OpenCase): void {
  useEffect(() => {
    const end = new AbortController();
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.defaultPrevented)
        return;
      if (!open.may('report') || document.querySelector('dialog[open]') !== null) return;
      if (event.key === 's') void open.draft.value?.save();
      else if (event.key === 'p') room.dialog.value = 'preview';
      else if (event.key === 'Enter') {
        const reason = notYet(open.data.value);
        if (reason === null) room.dialog.value = 'sign';
        else say(reason);
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', listen, { signal: end.signal });
    addEventListener(
      'beforeunload',
      (event) => {
        if (open.draft.value?.dirty.value === true) event.preventDefault();
      },
      { signal: end.signal },
    );
    return () => end.abort();
  }, [room, open]);
}

function SignedReport({ data, report }: { readonly data: Case; readonly report: ReportView }) {
  return (
    <div class="signed">
      {REPORT_SECTIONS.filter((section) => report.sections[section] !== '').map((section) => (
        <div key={section}>
          <h4>{w(`report.${section}`)}</h4>
          <p dir="auto">{report.sections[section]}</p>
        </div>
      ))}
      {report.signedAt !== null && (
        <p class="soft">
          {w('report.by', { name: nameOf(report.signedBy), time: timeText(report.signedAt) })}
        </p>
      )}
      {report.addenda.map((addendum) => (
        <div key={addendum.signedAt}>
          <h4>
            {w('report.addendumBy', { name: nameOf(addendum.signedBy), time: timeText(addendum.signedAt) })}
          </h4>
          <p dir="auto">{addendum.text}</p>
        </div>
      ))}
      <a class="button" href={report.pdf ?? reportPdfPath(data.id)} target="_blank" rel="noreferrer">
        {w('report.openPdf')}
      </a>
    </div>
  );
}

export function ReportPane(props: { readonly room: Room; readonly open: OpenCase; readonly data: Case }) {
  const { room, open, data } = props;
  useReportKeys(room, open);
  const draft = open.draft.value;
  if (draft === null) return null;
  const report = draft.base.value;
  const signed = report.status === 'FINAL' || report.status === 'AMENDED';
  const writable = !signed && open.may('report');
  const blank = isBlank(draft.sections.value);
  const conflict = draft.state.value.kind === 'conflict';
  const reason = notYet(data);

  return (
    <section class="panel report" aria-label={w('report.title')}>
      <div class="report__head">
        <h3>{w('report.title')}</h3>
        <span class={`status status--${report.status}`}>{w(`report.${report.status}`)}</span>
      </div>
      {signed && <SignedReport data={data} report={report} />}
      {!signed && !writable && (
        <p class="soft">{open.may('claim') ? w('report.claimFirst') : data.stateText}</p>
      )}
      {writable && (
        <>
          <DraftStatus draft={draft} />
          {REPORT_SECTIONS.map((section) => (
            <SectionField key={section} draft={draft} section={section} specialty={data.specialty} />
          ))}
          <div class="report__buttons">
            <Button
              disabled={blank || conflict}
              onClick={() => {
                room.dialog.value = 'preview';
              }}
            >
              {w('report.preview')}
            </Button>
            <Button disabled={blank || conflict} onClick={() => void preliminary(open)}>
              {w('report.preliminary')}
            </Button>
            <Button
              kind="primary"
              disabled={blank || conflict || reason !== null}
              aria-keyshortcuts="Control+Enter"
              aria-describedby={reason === null ? undefined : 'not-yet'}
              onClick={() => {
                room.dialog.value = 'sign';
              }}
            >
              {w('report.sign')}
            </Button>
            {reason !== null && (
              <p class="report__reason" id="not-yet">
                {reason}
              </p>
            )}
          </div>
        </>
      )}
      {signed && open.may('addendum') && (
        <Button
          onClick={() => {
            room.dialog.value = 'addendum';
          }}
        >
          {w('report.addendum')}
        </Button>
      )}
    </section>
  );
}
