import { useState } from 'preact/hooks';
import { TextField } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { currentPerson, setUp } from '../../wire/session';
import { Mark } from '../shared/parts';

/** The hub's own least length; it has the last word. */
const MIN_PASSWORD = 10;

type Fields = 'login' | 'displayName' | 'password' | 'repeated';

/** The first administrator of a new hub, by the one-time link that the hub printed at its first start. */
export function Setup({ token }: { readonly token: string }) {
  const [values, setValues] = useState<Record<Fields, string>>({
    login: '',
    displayName: '',
    password: '',
    repeated: '',
  });
  const [errors, setErrors] = useState<Partial<Record<Fields, string>>>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const submit = async () => {
    const wrong = check(values);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    setFailure(null);
    const call = { signal: new AbortController().signal };
    try {
      await currentPerson(call);
      const { login, displayName, password } = values;
      await setUp({ token, login: login.trim(), displayName: displayName.trim(), password }, call);
      setDone(true);
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  const field = (name: Fields) => ({
    value: values[name],
    error: errors[name],
    required: true,
    spellcheck: false,
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <main class="door">
      <p class="door__brand">
        <Mark /> Heliograph
      </p>
      {token === '' ? (
        <div class="note note--warning stack stack--tight" role="alert">
          <h1>This link is not complete</h1>
          <p>
            Open the whole set-up link that the hub printed when it was first started. It ends in{' '}
            <code>/setup#</code> and a long code.
          </p>
        </div>
      ) : done ? (
        <div class="sheet" role="status">
          <h1>The hub is set up</h1>
          <p>Your account is ready. The link that you used does not work any more.</p>
          <a class="button button--primary button--big" href="/login">
            Sign in
          </a>
        </div>
      ) : (
        <form
          class="sheet"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <h1>First administrator</h1>
          <p class="soft">
            This account sets up clinics and people. It sees no patient data. The link works once.
          </p>
          {failure !== null && <ProblemNote failure={failure} />}
          <TextField label="Your name" autocomplete="name" dir="auto" {...field('displayName')} />
          <TextField
            label="User name"
            autocomplete="username"
            hint="For signing in, such as “admin”."
            {...field('login')}
          />
          <TextField
            label="Password"
            type="password"
            autocomplete="new-password"
            hint={`At least ${MIN_PASSWORD} characters; a few words that nobody guesses are best.`}
            {...field('password')}
          />
          <TextField
            label="Password again"
            type="password"
            autocomplete="new-password"
            {...field('repeated')}
          />
          <button type="submit" class="button button--primary button--big" disabled={busy}>
            {busy ? 'Setting up…' : 'Create the account'}
          </button>
        </form>
      )}
    </main>
  );
}

function check(values: Record<Fields, string>): Partial<Record<Fields, string>> {
  const errors: Partial<Record<Fields, string>> = {};
  if (values.displayName.trim() === '') errors.displayName = 'Enter your name.';
  if (values.login.trim() === '') errors.login = 'Choose a user name.';
  if (values.password.length < MIN_PASSWORD) errors.password = `Use at least ${MIN_PASSWORD} characters.`;
  else if (values.repeated !== values.password) errors.repeated = 'The two passwords differ.';
  return errors;
}
