import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Draft } from '../../../state/draft';
import type { ReportSection, Specialty } from '../../../wire/types';
import { BLANK, insertPhrase, type Phrase, phrasesFor, type Slash, slashAt } from '../phrases';
import { w } from '../words';

interface Props {
  readonly draft: Draft;
  readonly section: ReportSection;
  readonly specialty: Specialty;
}

interface Offer {
  readonly slash: Slash;
  readonly caret: number;
  readonly phrases: readonly Phrase[];
  readonly chosen: number;
}

/** One section of the report: a text that grows, with phrases offered after a `/`. */
export function SectionField({ draft, section, specialty }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const offer = useSignal<Offer | null>(null);
  const selection = useRef<readonly [number, number] | null>(null);
  const text = draft.sections.value[section] ?? '';

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight + 2}px`;
    if (selection.current !== null) {
      element.setSelectionRange(...selection.current);
      selection.current = null;
    }
  }, [text]);

  const look = (element: HTMLTextAreaElement) => {
    const caret = element.selectionStart;
    const slash = slashAt(element.value, caret);
    const phrases = slash === null ? [] : phrasesFor(specialty, section, slash.typed);
    offer.value = slash === null || phrases.length === 0 ? null : { slash, caret, phrases, chosen: 0 };
  };

  const take = (phrase: Phrase | undefined) => {
    const shown = offer.value;
    if (shown === null || phrase === undefined) return;
    const result = insertPhrase(draft.sections.value[section] ?? '', shown.slash, shown.caret, phrase);
    selection.current = [result.from, result.to];
    offer.value = null;
    draft.edit(section, result.text);
    area.current?.focus();
  };

  /** Tab goes to the next blank that a phrase left; without one it leaves the field as ever. */
  const toNextBlank = (): boolean => {
    const element = area.current;
    const at = element === null ? -1 : element.value.indexOf(BLANK, element.selectionEnd);
    if (at < 0) return false;
    element?.setSelectionRange(at, at + BLANK.length);
    return true;
  };

  const onKey = (event: KeyboardEvent) => {
    const shown = offer.value;
    if (shown === null) {
      if (event.key === 'Tab' && !event.shiftKey && toNextBlank()) event.preventDefault();
      if (event.key === 'Escape') document.querySelector<HTMLElement>('[data-viewport]')?.focus();
      return;
    }
    const last = shown.phrases.length - 1;
    if (event.key === 'ArrowDown') offer.value = { ...shown, chosen: Math.min(last, shown.chosen + 1) };
    else if (event.key === 'ArrowUp') offer.value = { ...shown, chosen: Math.max(0, shown.chosen - 1) };
    else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab')
      take(shown.phrases[shown.chosen]);
    else if (event.key === 'Escape') offer.value = null;
    else return;
    event.preventDefault();
  };

  const shown = offer.value;
  return (
    <div class="section">
      <label class="section__label" for={id}>
        {w(`report.${section}`)}
      </label>
      <textarea
        ref={area}
        id={id}
        name={section}
        class="input section__text"
        rows={section === 'findings' ? 4 : 1}
        dir="auto"
        maxLength={20000}
        value={text}
        aria-autocomplete="list"
        aria-controls={shown === null ? undefined : `${id}-phrases`}
        aria-activedescendant={shown === null ? undefined : `${id}-phrase-${shown.chosen}`}
        onInput={(event) => {
          draft.edit(section, event.currentTarget.value);
          look(event.currentTarget);
        }}
        onKeyDown={onKey}
        onBlur={() => {
          offer.value = null;
        }}
      />
      {shown !== null && (
        <div id={`${id}-phrases`} class="phrases" role="listbox" aria-label={w('report.phrases')}>
          {shown.phrases.map((phrase, index) => (
            <div
              key={phrase.name}
              id={`${id}-phrase-${index}`}
              class={index === shown.chosen ? 'phrases__one phrases__one--chosen' : 'phrases__one'}
              role="option"
              tabIndex={-1}
              aria-selected={index === shown.chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(phrase);
              }}
            >
              <strong>/{phrase.name}</strong>
              <span>{phrase.text}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
