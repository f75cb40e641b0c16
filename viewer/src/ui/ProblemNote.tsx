import type { ComponentChildren } from 'preact';
import { t } from '../i18n/messages';
import { Problem } from '../wire/http';

/** What to tell a person about any failure: the hub's own words where it gave some. */
export function asProblem(failure: unknown): Problem {
  if (failure instanceof Problem) return failure;
  return new Problem({
    status: -1,
    code: 'PAGE',
    title: t('problem.unexpected'),
    detail: failure instanceof Error ? failure.message : '',
    next: t('problem.unexpectedNext'),
  });
}

interface Props {
  readonly failure: unknown;
  /** Buttons that do the next step. */
  readonly children?: ComponentChildren;
}

/** An error that stays where it happened: what, why, what to do, and the code to quote. */
export function ProblemNote({ failure, children }: Props) {
  const problem = asProblem(failure);
  return (
    <div class="problem" role="alert">
      <p class="problem__title">{problem.title}</p>
      {problem.detail !== '' && <p>{problem.detail}</p>}
      {problem.next !== '' && <p>{t('problem.next', { next: problem.next })}</p>}
      {problem.code !== '' && <p class="problem__code">{t('problem.code', { code: problem.code })}</p>}
      {children !== undefined && <div class="problem__actions">{children}</div>}
    </div>
  );
}
