import { useEffect, useRef, useState } from 'preact/hooks';
import { TextField } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { currentPerson, signIn } from '../../wire/session';
import type { Person } from '../../wire/types';
import { LanguageChoice, Mark } from '../shared/parts';
import type { Words } from '../shared/words';
import type { Key } from './words';

interface Props {
  readonly words: Words<Key>;
  readonly onSignedIn: (person: Person) => void;
}

export function Login({ words, onSignedIn }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const life = new AbortController();
    // Fetches the anti-forgery cookie, and spares those who are signed in already.
    currentPerson(life)
      .then((person) => {
        if (person !== null) onSignedIn(person);
      })
      .catch(() => undefined);
    return () => life.abort();
  }, []);

  const submit = async () => {
    if (login.trim() === '' || password === '') {
      setMissing(true);
      return;
    }
    setMissing(false);
    setBusy(true);
    setFailure(null);
    try {
      onSignedIn(await signIn(login.trim(), password, { signal: new AbortController().signal }));
    } catch (problem) {
      setFailure(problem);
      setPassword('');
      setBusy(false);
      form.current?.querySelector<HTMLInputElement>('input[name="password"]')?.focus();
    }
  };
  return (
    <>
      <main class="door">
        <p class="door__brand">
          <Mark /> Heliograph
        </p>
        <form
          ref={form}
          class="sheet"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <h1>{words.t('title')}</h1>
          {failure !== null && <ProblemNote failure={failure} />}
          {missing && (
            <p class="field__error" role="alert">
              {words.t('missing')}
            </p>
          )}
          <TextField
            label={words.t('login')}
            name="login"
            autocomplete="username"
            autofocus
            spellcheck={false}
            dir="auto"
            value={login}
            onInput={(event) => setLogin(event.currentTarget.value)}
          />
          <TextField
            label={words.t('password')}
            name="password"
            type={shown ? 'text' : 'password'}
            autocomplete="current-password"
            spellcheck={false}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <label class="row check">
            <input
              type="checkbox"
              checked={shown}
              onChange={(event) => setShown(event.currentTarget.checked)}
            />
            {words.t('show')}
          </label>
          <button type="submit" class="button button--primary button--big" disabled={busy}>
            {words.t(busy ? 'busy' : 'submit')}
          </button>
          <p class="soft">{words.t('help')}</p>
        </form>
      </main>
      <LanguageChoice label={words.t('language')} />
    </>
  );
}
