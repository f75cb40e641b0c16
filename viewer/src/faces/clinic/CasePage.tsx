import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import type { CaseId } from '../../wire/ids';
import { reportPdfPath } from '../../wire/reports';
import { type Case, nameOf, type UnderWay } from '../../wire/types';
import { dateText, timeText } from '../shared/format';
import { Name, patientLine } from '../shared/parts';
import { ReportText } from '../shared/ReportText';
import { AnswerForm } from './AnswerForm';
import { CaseActions } from './CaseActions';
import { CasePictures } from './CasePictures';
import { Conversation } from './Conversation';
import { RequestPart } from './RequestPart';
import { addressOf } from './route';
import type { Clinic } from './state';
import { sendingText, stateText, stateTone, underWayText } from './state-text';
import { TrackerView } from './TrackerView';
import { gatewayTrackerOf, hasReport, trackerOf } from './tracker';
import { words } from './words';

/** One case: where it is, what the reader says or wants, the report, what was asked and shown. */
export function CasePage({ clinic, id }: { readonly clinic: Clinic; readonly id: CaseId }) {
  useEffect(() => {
    void clinic.open(id);
    return () => {
      clinic.opened.value = null;
    };
  }, [id]);
  const found = clinic.opened.value;
  return (
    <>
      <a class="link" href={addressOf({ page: 'list' })}>
        {words.t('allCases')}
      </a>
      {clinic.openedProblem.value !== null && (
        <ProblemNote failure={clinic.openedProblem.value}>
          <Button onClick={() => void clinic.reload(id)}>{words.t('tryAgain')}</Button>
        </ProblemNote>
      )}
      {found === null && clinic.openedProblem.value === null && <p role="status">{words.t('loading')}</p>}
      {found !== null && <Details clinic={clinic} found={found} />}
    </>
  );
}

function Details({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const report = found.report;
  const showsReport = report !== null && (report.status === 'FINAL' || report.status === 'AMENDED');
  return (
    <>
      <PatientBanner found={found} />
      {found.mismatch !== null && (
        <p class="note note--warning" role="alert">
          {words.t('mismatch', { fields: found.mismatch.fields.join(', ') })}
        </p>
      )}
      <Where clinic={clinic} found={found} />
      {found.actions.includes('answer') && <AnswerForm clinic={clinic} found={found} />}
      {showsReport && (
        <section class="sheet" aria-labelledby="report">
          <div class="row row--apart">
            <h2 id="report">{words.t('report')}</h2>
            <span class="tag tag--good">{words.of('report', report.status)}</span>
          </div>
          <ReportText
            heading="h3"
            report={report}
            words={{
              section: (name) => words.t(`section.${name}`),
              signed: (values) => words.t('report.signed', values),
              addendum: words.t('report.addendum'),
            }}
          />
          <a
            class="button button--primary button--wide"
            href={report.pdf ?? reportPdfPath(found.id)}
            target="_blank"
            rel="noopener"
          >
            {words.t('openPdf')}
          </a>
        </section>
      )}
      <Conversation clinic={clinic} found={found} />
      <RequestPart clinic={clinic} found={found} />
      <CasePictures found={found} />
      <CaseActions clinic={clinic} found={found} />
      <details class="sheet">
        <summary>{words.t('events')}</summary>
        <ol class="stack stack--tight plain-list">
          {found.events.map((event) => (
            <li key={`${event.at}${event.kind}`}>
              <span class="soft">{timeText(event.at)}</span> <Name>{event.text ?? event.kind}</Name>{' '}
              <span class="soft">
                <Name>{nameOf(event.by)}</Name>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function PatientBanner({ found }: { readonly found: Case }) {
  const { patientDetails: patient } = found;
  const name = [patient.familyName, patient.givenName].filter((part) => part).join(' ');
  return (
    <div class="stack stack--tight">
      <p class="soft">{words.t('case', { number: found.number })}</p>
      <h1>{name === '' ? words.t('unnamed') : <Name>{name}</Name>}</h1>
      <p>
        {patientLine(found.patient, {
          sex: (code) => words.of('sex', code),
          born: (date) => words.t('born', { date }),
        })}
        {patient.id !== null && patient.id !== '' && (
          <>
            {' · '}
            <Name>{words.t('patientId', { id: patient.id })}</Name>
            {patient.issuer !== null && patient.issuer !== '' && (
              <>
                {' ('}
                <Name>{patient.issuer}</Name>
                {')'}
              </>
            )}
          </>
        )}
      </p>
      <div class="row">
        <UrgencyBadge urgency={found.urgency} />
        <span class={`tag ${stateTone(found.state)}`}>{stateText(found)}</span>
        <span class="soft">{dateText(found.createdAt.slice(0, 10))}</span>
      </div>
    </div>
  );
}

/** What the clinic should know of its computer: how much has gone, and what to look at when it is silent. */
function UnderWayNote({ underWay, text }: { readonly underWay: UnderWay; readonly text: string }) {
  const { gateway, receivedBytes, totalBytes, previews, silent } = underWay;
  return (
    <div class="stack stack--tight">
      <progress class="meter" max={Math.max(1, totalBytes)} value={receivedBytes} aria-label={text} />
      {silent && (
        <div class="note note--warning stack stack--tight" role="status">
          <p>{sendingText(underWay, null)}</p>
          <p>
            <Name>{words.t('gateway.silentNext', { gateway })}</Name>
          </p>
        </div>
      )}
      {previews > 0 && <p class="soft">{words.plural('gateway.previews', previews)}</p>}
    </div>
  );
}

function Where({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const stops = gatewayTrackerOf(found) ?? trackerOf(found.state);
  const underWay = found.underWay ?? null;
  const arriving = underWay === null ? undefined : underWayText(underWay, clinic.secondsLeft(found));
  const waits = underWay !== null && underWay.receivedBytes === 0 && !underWay.silent;
  const accession = found.request?.accessionNumber ?? '';
  const waitsForXray = found.state === 'SUBMITTED' && found.request?.expectXray === true && accession !== '';
  const ended = hasReport(found.state) || stops === null;
  return (
    <section class="sheet" aria-label={words.t('tracker')}>
      {stops !== null && (
        <TrackerView
          stops={stops}
          texts={{
            GATEWAY: waits ? arriving : undefined,
            SENDING:
              underWay !== null
                ? waits
                  ? undefined
                  : arriving
                : found.state === 'SUBMITTED' || found.state === 'RECEIVING' || found.state === 'DRAFT'
                  ? stateText(found)
                  : undefined,
            READING:
              found.state === 'CLAIMED' || found.state === 'REPORTED' || found.state === 'NEEDS_INFO'
                ? stateText(found)
                : undefined,
          }}
        />
      )}
      {underWay !== null && stops !== null && <UnderWayNote underWay={underWay} text={arriving ?? ''} />}
      {stops === null && <p class="strong">{stateText(found)}</p>}
      {waitsForXray && (
        <div class="note stack stack--tight">
          <p>{words.t('expectXray')}</p>
          <p class="accession">{accession}</p>
          <p class="soft">{words.t('xrayAfter')}</p>
        </div>
      )}
      {!ended && found.clockPaused && <p>{words.t('deadlinePaused')}</p>}
      {!ended && !found.clockPaused && found.deadlineAt !== null && (
        <p class={found.overdue ? 'strong' : 'soft'}>
          {words.t(found.overdue ? 'deadlineOver' : 'deadline', { time: timeText(found.deadlineAt) })}
        </p>
      )}
    </section>
  );
}
