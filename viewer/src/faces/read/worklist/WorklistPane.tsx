import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { onKeys } from '../../../state/keys';
import type { Room } from '../../../state/room';
import { type Filter, go, NO_FILTER, route } from '../../../state/route';
import { visible } from '../../../state/worklist';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import type { CaseSummary } from '../../../wire/types';
import { takeNextCase } from '../App';
import { SignInAgain } from '../SignInAgain';
import { w } from '../words';
import { FilterBar } from './FilterBar';
import { WorklistRow } from './WorklistRow';

function Empty({ filter, words }: { readonly filter: Filter; readonly words: string }) {
  const narrowed = filter.urgency !== '' || filter.specialty !== '' || filter.site !== '' || words !== '';
  return (
    <div class="list__empty">
      <p>{narrowed ? w('list.noneFiltered') : w(filter.tab === 'mine' ? 'list.noneMine' : 'list.none')}</p>
      {narrowed && (
        <Button onClick={() => go({ filter: { ...NO_FILTER, tab: filter.tab } })}>{w('list.clear')}</Button>
      )}
    </div>
  );
}

export function WorklistPane({ room }: { readonly room: Room }) {
  const words = useSignal('');
  const chosen = useSignal<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const { worklist } = room;
  const { filter, caseId } = route.value;
  const rows = visible(worklist.items.value, filter, words.value, room.me);
  const current = chosen.value ?? caseId ?? rows[0]?.id ?? null;

  const open = (row: CaseSummary) => {
    chosen.value = row.id;
    go({ caseId: row.id });
  };

  useEffect(() => {
    const move = (step: number) => {
      const at = rows.findIndex((row) => row.id === current);
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next === undefined) return false;
      chosen.value = next.id;
      list.current?.querySelector<HTMLElement>(`[data-case="${CSS.escape(next.id)}"]`)?.focus();
      return true;
    };
    return onKeys((event) => {
      if (event.key === 'j') return move(1);
      if (event.key === 'k') return move(-1);
      const inList = list.current?.contains(document.activeElement) === true;
      if (inList && event.key === 'ArrowDown') return move(1);
      if (inList && event.key === 'ArrowUp') return move(-1);
      if (inList && event.key === 'Home') return move(-rows.length);
      if (inList && event.key === 'End') return move(rows.length);
      return false;
    });
  });

  return (
    <nav class="list" aria-label={w('worklist')}>
      <div class="list__head">
        <Button
          kind="primary"
          aria-keyshortcuts="N"
          disabled={room.taking.value}
          onClick={() => void takeNextCase(room)}
        >
          {w('list.next')} <kbd>{w('list.nextKey')}</kbd>
        </Button>
        <span class={`list__live list__live--${worklist.live.value}`}>
          {worklist.live.value === 'live' ? w('list.live') : w('list.polling')}
        </span>
      </div>
      <FilterBar items={worklist.items.value} filter={filter} words={words} me={room.me} />
      <div class="list__scroll">
        {worklist.failure.value !== null && (
          <ProblemNote failure={worklist.failure.value}>
            <SignInAgain failure={worklist.failure.value} />
            <Button onClick={() => void worklist.refresh()}>{w('case.retry')}</Button>
          </ProblemNote>
        )}
        {worklist.loaded.value && rows.length === 0 && <Empty filter={filter} words={words.value} />}
        <ul class="rows" ref={list}>
          {rows.map((row) => (
            <WorklistRow
              key={row.id}
              row={row}
              me={room.me}
              open={row.id === caseId}
              reachable={row.id === current}
              onOpen={() => open(row)}
            />
          ))}
        </ul>
        {worklist.next.value !== null && (
          <Button disabled={worklist.loadingMore.value} onClick={() => void worklist.more()}>
            {worklist.loadingMore.value
              ? w('list.loadingMore', { count: worklist.items.value.length })
              : w('list.more')}
          </Button>
        )}
      </div>
    </nav>
  );
}
