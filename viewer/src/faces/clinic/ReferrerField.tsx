import { useEffect, useId, useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { findReferrers } from '../../wire/cases';
import { isAbort, Problem } from '../../wire/http';
import type { Referrer } from '../../wire/types';
import { Name } from '../shared/parts';
import { words } from './words';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly onChoose: (id: string, name: string) => void;
}

const PAUSE_MS = 350;
const SHOWN = 8;

export function ReferrerField({ id, name, onChoose }: Props) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Referrer[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const list = useId();

  useEffect(() => {
    if (typed.trim().length < 2) {
      setFound(null);
      return;
    }
    const life = new AbortController();
    const timer = setTimeout(() => {
      findReferrers(typed.trim(), life)
        .then((referrers) => {
          setFound(referrers);
          setFailure(null);
        })
        .catch((problem: unknown) => {
          if (!isAbort(problem)) setFailure(problem);
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      life.abort();
    };
  }, [typed]);

  if (id !== '') {
    return (
      <div class="field">
        <p class="field__label">{words.t('referrer')}</p>
        <div class="row row--apart chosen">
          <span class="strong">
            <Name>{name}</Name>
          </span>
          <Button onClick={() => onChoose('', '')}>{words.t('referrerRemove')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div class="stack stack--tight">
      <TextField
        label={`${words.t('referrer')} (${words.t('optional')})`}
        hint={words.t('referrerHint')}
        type="search"
        autocomplete="off"
        dir="auto"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter searches; it must not send the case.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <div id={list} role="status" class="stack stack--tight">
        {failure instanceof Problem && failure.offline && <p class="soft">{words.t('referrerOffline')}</p>}
        {failure !== null && !(failure instanceof Problem && failure.offline) && (
          <ProblemNote failure={failure} />
        )}
        {found !== null && found.length === 0 && <p class="soft">{words.t('referrerNone')}</p>}
        {found?.slice(0, SHOWN).map((referrer) => (
          <button
            key={referrer.id}
            type="button"
            class="button button--wide pick"
            onClick={() => {
              onChoose(referrer.id, referrer.displayName);
              setTyped('');
            }}
          >
            <Name>{referrer.displayName}</Name>
            {referrer.organisation !== null && referrer.organisation !== '' && (
              <span class="soft">
                <Name>{referrer.organisation}</Name>
              </span>
            )}
          </button>
        ))}
      </div>
    </div>
  );
}
