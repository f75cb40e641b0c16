import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { Problem } from '../../wire/http';
import type { CaseSummary } from '../../wire/types';
import { shortTimeText } from '../shared/format';
import { Name, patientLine } from '../shared/parts';
import { LocalState } from './LocalState';
import { addressOf, go } from './route';
import type { Clinic, LocalCase } from './state';
import { stateText, stateTone, underWayText } from './state-text';
import { needsClinic } from './tracker';
import { words } from './words';

export function CaseList({ clinic }: { readonly clinic: Clinic }) {
  const start = async () => go({ page: 'draft', id: await clinic.startDraft(), step: 'patient' });
  const local = clinic.local.value.filter((each) => !isUntouchedAnswer(each));
  const onPhone = new Set(clinic.local.value.map((each) => each.draft.caseId));
  // A case that this phone is still sending stands once, with its progress.
  const cases = clinic.sortedCases.value.filter((each) => each.state !== 'DRAFT' || !onPhone.has(each.id));
  const site = clinic.person.value?.site?.name ?? '';
  return (
    <>
      <button type="button" class="button button--primary button--big" onClick={() => void start()}>
        {words.t('newCase')}
      </button>
      {local.length > 0 && (
        <section class="stack stack--tight" aria-labelledby="on-phone">
          <h2 id="on-phone">{words.t('onPhone')}</h2>
          <ul class="cards">
            {local.map((each) => (
              <li key={each.draft.id}>
                <LocalCard clinic={clinic} local={each} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack stack--tight" aria-labelledby="own-cases">
        <h1 id="own-cases">
          <Name>{words.t('cases', { site })}</Name>
        </h1>
        <ListProblem clinic={clinic} />
        {!clinic.casesLoaded.value && clinic.listProblem.value === null && (
          <p role="status">{words.t('loading')}</p>
        )}
        {clinic.casesLoaded.value && cases.length === 0 && local.length === 0 && (
          <p class="soft">{words.t('noCases')}</p>
        )}
        <ul class="cards">
          {cases.map((each) => (
            <li key={each.id}>
              <CaseCard clinic={clinic} found={each} />
            </li>
          ))}
        </ul>
        {clinic.nextCursor.value !== null && (
          <Button onClick={() => void clinic.loadMore()}>{words.t('more')}</Button>
        )}
      </section>
    </>
  );
}

/** Without a link the page says so already at its top: no alarm a second time. */
function ListProblem({ clinic }: { readonly clinic: Clinic }) {
  const problem = clinic.listProblem.value;
  if (problem === null) return null;
  const again = <Button onClick={() => void clinic.loadCases()}>{words.t('tryAgain')}</Button>;
  if (!(problem instanceof Problem && problem.offline))
    return <ProblemNote failure={problem}>{again}</ProblemNote>;
  return (
    <div class="row">
      <p class="soft">{words.t('problem.offline')}</p>
      {again}
    </div>
  );
}

/** Opened a case that waits for an answer, and wrote nothing: no draft that anybody would look for. */
function isUntouchedAnswer({ draft, photos }: LocalCase): boolean {
  return draft.kind === 'answer' && draft.stage === 'editing' && draft.answer === '' && photos.length === 0;
}

function CaseCard({ clinic, found }: { readonly clinic: Clinic; readonly found: CaseSummary }) {
  const underWay = found.underWay ?? null;
  return (
    <a
      class={needsClinic(found.state) ? 'card card--attention' : 'card'}
      href={addressOf({ page: 'case', id: found.id })}
    >
      <span class="row row--apart">
        <span class="card__name">
          {found.patient.name === '' ? words.t('unnamed') : <Name>{found.patient.name}</Name>}
        </span>
        <UrgencyBadge urgency={found.urgency} />
      </span>
      <span class="soft">
        {[
          found.bodyPart === null || found.bodyPart === '' ? '' : words.of('body', found.bodyPart),
          patientLine(found.patient, { sex: (code) => words.of('sex', code), born: () => '' }),
          words.plural('pictures', found.imageCount),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      <span class="row row--apart">
        <span class={`tag ${stateTone(found.state)}`}>{stateText(found)}</span>
        <span class="soft">{shortTimeText(found.updatedAt, Date.now())}</span>
      </span>
      {underWay !== null && (
        <span class={underWay.silent ? 'under-way under-way--silent' : 'under-way'}>
          {underWayText(underWay, clinic.secondsLeft(found))}
        </span>
      )}
    </a>
  );
}

function LocalCard({ clinic, local }: { readonly clinic: Clinic; readonly local: LocalCase }) {
  const [deleting, setDeleting] = useState(false);
  const { draft, photos } = local;
  const name = [draft.patient.familyName, draft.patient.givenName].filter((part) => part !== '').join(' ');
  const title = draft.kind === 'answer' ? words.t('draft.answer') : name === '' ? words.t('unnamed') : name;
  const open = () =>
    draft.kind === 'answer' && draft.caseId !== null
      ? go({ page: 'case', id: draft.caseId as CaseSummary['id'] })
      : go({
          page: 'draft',
          id: draft.id,
          step: photos.some((photo) => photo.refused) ? 'pictures' : 'patient',
        });
  return (
    <div class={draft.stage === 'attention' ? 'card card--attention' : 'card'}>
      <span class="card__name">
        <Name>{title}</Name>
      </span>
      <LocalState clinic={clinic} local={local} />
      {draft.stage === 'queued' && draft.request.expectXray && (
        <div class="note stack stack--tight">
          <p>{words.t('expectXray')}</p>
          <p class="accession">{draft.request.accessionNumber}</p>
        </div>
      )}
      <div class="row">
        {draft.stage === 'editing' && <Button onClick={open}>{words.t('goOn')}</Button>}
        {draft.stage === 'attention' && <Button onClick={open}>{words.t('look')}</Button>}
        {draft.stage !== 'queued' && (
          <Button kind="quiet" onClick={() => setDeleting(true)}>
            {words.t('delete')}
          </Button>
        )}
      </div>
      {deleting && (
        <Dialog title={words.t('delete')} onClose={() => setDeleting(false)}>
          <p>{words.t('deleteSure')}</p>
          <div class="dialog__actions">
            <Button onClick={() => setDeleting(false)}>{words.t('keep')}</Button>
            <Button kind="danger" onClick={() => void clinic.discard(draft.id)}>
              {words.t('deleteYes')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
