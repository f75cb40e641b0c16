import { Problem } from '../../wire/http';
import { w } from './words';

/** A session that ended: signing in elsewhere mends it, and what is typed here is kept. */
export function SignInAgain({ failure }: { readonly failure: unknown }) {
  if (!(failure instanceof Problem) || failure.status !== 401) return null;
  return (
    <a class="button button--primary" href="/login" target="_blank" rel="noreferrer">
      {w('case.signIn')}
    </a>
  );
}
