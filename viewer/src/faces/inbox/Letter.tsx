import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { reportPdfPath } from '../../wire/reports';
import type { InboxLetter } from '../../wire/types';
import { timeText } from '../shared/format';
import { Name, patientLine } from '../shared/parts';
import { ReportText } from '../shared/ReportText';
import type { Inbox } from './state';
import { words } from './words';

export function Letter({ inbox, letter }: { readonly inbox: Inbox; readonly letter: InboxLetter }) {
  const site = typeof letter.site === 'string' ? letter.site : letter.site.name;
  const pdf = letter.pdf ?? letter.report.pdf ?? reportPdfPath(letter.caseId);
  return (
    <>
      <article class="letter">
        <header class="letter__head">
          <p class="letter__from">
            <Name>{site}</Name>
          </p>
          <p class="soft">
            {words.t('letter', { number: letter.caseNumber })} · {timeText(letter.deliveredAt)}
          </p>
        </header>
        <div>
          <h1>{letter.patient.name === '' ? words.t('unnamed') : <Name>{letter.patient.name}</Name>}</h1>
          <p>
            {patientLine(letter.patient, {
              sex: (code) => words.of('sex', code),
              born: (date) => words.t('born', { date }),
            })}
          </p>
          <p class="row letter__tags">
            <span class="tag tag--good">{words.of('report', letter.report.status)}</span>
            <UrgencyBadge urgency={letter.urgency} />
          </p>
        </div>
        <dl class="facts">
          {letter.bodyPart !== null && letter.bodyPart !== '' && (
            <>
              <dt>{words.t('examined')}</dt>
              <dd>
                {words.of('body', letter.bodyPart)}
                {(letter.request?.laterality ?? '') !== '' &&
                  `, ${words.of('side', letter.request?.laterality ?? '').toLocaleLowerCase()}`}
              </dd>
            </>
          )}
          {letter.request !== null && (
            <>
              <dt>{words.t('question')}</dt>
              <dd dir="auto">{letter.request.question}</dd>
              {(letter.request.history ?? '') !== '' && (
                <>
                  <dt>{words.t('history')}</dt>
                  <dd dir="auto">{letter.request.history}</dd>
                </>
              )}
            </>
          )}
        </dl>
        <ReportText
          heading="h2"
          report={letter.report}
          words={{
            section: (name) => words.t(`section.${name}`),
            signed: (values) => words.t('report.signed', values),
            addendum: words.t('report.addendum'),
          }}
        />
      </article>
      <div class="row no-print">
        <a class="button button--primary" href={pdf} target="_blank" rel="noopener">
          {words.t('openPdf')}
        </a>
        <a class="button" href={pdf} download={`report-${letter.caseNumber}.pdf`}>
          {words.t('downloadPdf')}
        </a>
        <Button onClick={() => window.print()}>{words.t('print')}</Button>
      </div>
      <Acknowledge inbox={inbox} letter={letter} />
    </>
  );
}

function Acknowledge({ inbox, letter }: { readonly inbox: Inbox; readonly letter: InboxLetter }) {
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  if (letter.acknowledgedAt !== null) {
    return (
      <p class="note note--good no-print" role="status">
        {words.t('acknowledgedAt', { time: timeText(letter.acknowledgedAt) })}
      </p>
    );
  }
  const send = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await inbox.acknowledge(letter.deliveryId, comment.trim());
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <form
      class="sheet no-print"
      aria-labelledby="acknowledge"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div>
        <h2 id="acknowledge">{words.t('acknowledgeTitle')}</h2>
        <p class="soft">{words.t('acknowledgeHint')}</p>
      </div>
      <TextArea
        label={words.t('comment')}
        hint={words.t('commentHint')}
        rows={2}
        maxLength={2000}
        dir="auto"
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      {failure !== null && <ProblemNote failure={failure} />}
      <button type="submit" class="button button--primary button--big" disabled={busy}>
        {words.t('acknowledge')}
      </button>
    </form>
  );
}
