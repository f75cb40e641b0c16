import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { CaseSummary } from '../../wire/types';
import { dateText } from './format';
import { chooseLanguage, chosenLanguage, LANGUAGES } from './words';

/** A person's name in its own writing direction, inside a sentence of ours. */
export function Name({ children }: { readonly children: string }) {
  return <bdi dir="auto">{children}</bdi>;
}

/** A mirror on its stand that flashes sunlight over the mountains. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true">
      <circle cx="12" cy="17" r="6.5" fill="currentColor" />
      <path d="M12 23v6M6 29.5h12M18.5 8.5l5-5.5M21.5 14.5l8-3M14 7.5l1.5-5.5" stroke-linecap="round" />
    </svg>
  );
}

interface ChoiceOption<V extends string> {
  readonly value: V;
  readonly text: ComponentChildren;
  readonly hint?: string;
}

interface ChoicesProps<V extends string> {
  readonly legend: string;
  readonly value: V;
  readonly options: readonly ChoiceOption<V>[];
  readonly onChoose: (value: V) => void;
  readonly row?: boolean;
  readonly error?: string | undefined;
}

/** One of a few, all of them visible: quicker on a phone than a list that has to be opened. */
export function Choices<V extends string>(props: ChoicesProps<V>) {
  const name = useId();
  const { legend, value, options, onChoose, row = false, error } = props;
  return (
    <fieldset
      class={row ? 'choices choices--row' : 'choices'}
      aria-describedby={error === undefined ? undefined : `${name}-error`}
    >
      <legend>{legend}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-invalid={error !== undefined}
            onChange={() => onChoose(option.value)}
          />
          <span>
            {option.text}
            {option.hint !== undefined && <span class="choice__hint">{option.hint}</span>}
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p class="field__error" id={`${name}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** Sets the language of this browser; the page starts again in it. */
export function LanguageChoice({ label }: { readonly label: string }) {
  const id = useId();
  return (
    <footer class="foot">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        onChange={(event) => {
          const found = LANGUAGES.find((language) => language.code === event.currentTarget.value);
          if (found === undefined) return;
          chooseLanguage(found.code);
          location.reload();
        }}
      >
        {LANGUAGES.map((language) => (
          <option
            key={language.code}
            value={language.code}
            lang={language.code}
            selected={language.code === chosenLanguage()}
          >
            {language.name}
          </option>
        ))}
      </select>
    </footer>
  );
}

/** `female, 34 y, born 2 May 1992`, as far as it is known. */
export function patientLine(
  patient: CaseSummary['patient'],
  words: { sex: (code: string) => string; born: (date: string) => string },
): string {
  const parts = [
    patient.sex === '' || patient.sex === null ? '' : words.sex(patient.sex),
    patient.ageText ?? '',
    patient.birthDate === null ? '' : words.born(dateText(patient.birthDate)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
