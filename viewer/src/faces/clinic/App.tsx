import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { Toasts } from '../../ui/Toasts';
import { Problem } from '../../wire/http';
import { goToLogin, signOut } from '../../wire/session';
import { LanguageChoice, Mark, Name } from '../shared/parts';
import { CaseList } from './CaseList';
import { CasePage } from './CasePage';
import { DraftPage } from './DraftPage';
import { route } from './route';
import type { Clinic } from './state';
import { words } from './words';

export function App({ clinic }: { readonly clinic: Clinic }) {
  return (
    <>
      <Bar clinic={clinic} />
      <main class="page" id="main">
        <Page clinic={clinic} />
      </main>
      <LanguageChoice label={words.t('language')} />
      <Toasts />
    </>
  );
}

function Bar({ clinic }: { readonly clinic: Clinic }) {
  const person = clinic.person.value;
  return (
    <header class="bar">
      <div class="bar__inner">
        <p class="bar__title">
          <span class="brand">
            <Mark /> Heliograph
          </span>
          {person !== null && (
            <small>
              <Name>{person.displayName}</Name>
              {person.site !== null && (
                <>
                  {' · '}
                  <Name>{person.site.name}</Name>
                </>
              )}
            </small>
          )}
        </p>
        {person !== null && (
          <Button kind="quiet" onClick={() => void leave(clinic)}>
            {words.t('signOut')}
          </Button>
        )}
      </div>
    </header>
  );
}

async function leave(clinic: Clinic): Promise<void> {
  await signOut({ signal: new AbortController().signal }).catch(() => undefined);
  await clinic.leave();
  location.assign('/login');
}

function Page({ clinic }: { readonly clinic: Clinic }) {
  switch (clinic.start.value) {
    case 'starting':
      return <p role="status">{words.t('loading')}</p>;
    case 'unreachable':
      return (
        <ProblemNote
          failure={
            new Problem({
              status: 0,
              code: 'OFFLINE',
              title: words.t('problem.offline'),
              next: words.t('problem.offline.next'),
            })
          }
        >
          <Button onClick={() => location.reload()}>{words.t('tryAgain')}</Button>
        </ProblemNote>
      );
    case 'wrong-role':
      return (
        <div class="note note--warning stack">
          <p class="strong">{words.t('notForYou')}</p>
          <p>{words.t('notForYouNext')}</p>
          <Button kind="primary" onClick={() => void leave(clinic)}>
            {words.t('signIn')}
          </Button>
        </div>
      );
    case 'signed-out':
      if (clinic.person.value === null) {
        goToLogin();
        return <p role="status">{words.t('loading')}</p>;
      }
      return <Ready clinic={clinic} />;
    case 'ready':
      return <Ready clinic={clinic} />;
  }
}

function Ready({ clinic }: { readonly clinic: Clinic }) {
  const signedOut =
    clinic.start.value === 'signed-out' || clinic.outbox.value?.state.value.kind === 'signed-out';
  const at = route.value;
  return (
    <>
      {signedOut ? (
        <div class="note note--warning stack" role="status">
          <p>{words.t('signedOut')}</p>
          <Button kind="primary" onClick={goToLogin}>
            {words.t('signIn')}
          </Button>
        </div>
      ) : (
        !clinic.online.value && (
          <p class="note note--warning" role="status">
            {words.t('offline')}
          </p>
        )
      )}
      {at.page === 'list' && <CaseList clinic={clinic} />}
      {at.page === 'draft' && <DraftPage key={at.id} clinic={clinic} id={at.id} step={at.step} />}
      {at.page === 'case' && <CasePage key={at.id} clinic={clinic} id={at.id} />}
    </>
  );
}
