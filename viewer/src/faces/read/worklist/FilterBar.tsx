import type { Signal } from '@preact/signals';
import { t } from '../../../i18n/messages';
import { type Filter, go } from '../../../state/route';
import type { CaseSummary, Person, Specialty, Urgency } from '../../../wire/types';
import { w } from '../words';

const TABS = ['all', 'waiting', 'mine'] as const;
const URGENCIES: readonly Urgency[] = ['EMERGENCY', 'URGENT', 'ROUTINE'];
const SPECIALTIES: readonly Specialty[] = ['RADIOLOGY', 'DERMATOLOGY'];

interface Props {
  readonly items: readonly CaseSummary[];
  readonly filter: Filter;
  readonly words: Signal<string>;
  readonly me: Person;
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T | '';
  readonly options: readonly (readonly [T, string])[];
  readonly onChoose: (value: T | '') => void;
}) {
  return (
    <label class="filter__choice">
      <span class="visually-hidden">{props.label}</span>
      <select
        class="input"
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value as T | '')}
      >
        <option value="">
          {props.label}: {w('list.any')}
        </option>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the worklist shows. The choices stay in the address; what is typed to find a case does not. */
export function FilterBar({ items, filter, words, me }: Props) {
  const set = (change: Partial<Filter>) => go({ filter: { ...filter, ...change } });
  const sites = new Map(items.map((each) => [each.site.id as string, each.site.name]));

  return (
    <div class="filter">
      <fieldset class="tabs">
        <legend class="visually-hidden">{w('worklist')}</legend>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            class="tabs__tab"
            aria-pressed={filter.tab === tab}
            onClick={() => set({ tab })}
          >
            {w(`list.${tab}`)}
          </button>
        ))}
      </fieldset>
      <input
        class="input filter__words"
        type="search"
        aria-label={w('list.search')}
        placeholder={w('list.search')}
        value={words.value}
        autocomplete="off"
        onInput={(event) => {
          words.value = event.currentTarget.value;
        }}
      />
      <div class="filter__choices">
        <Choice
          label={w('list.urgency')}
          value={filter.urgency}
          options={URGENCIES.map((each) => [each, t(`urgency.${each}`)] as const)}
          onChoose={(urgency) => set({ urgency })}
        />
        {me.specialty === null && (
          <Choice
            label={w('list.specialty')}
            value={filter.specialty}
            options={SPECIALTIES.map((each) => [each, t(`specialty.${each}`)] as const)}
            onChoose={(specialty) => set({ specialty })}
          />
        )}
        <Choice
          label={w('list.site')}
          value={filter.site}
          options={[...sites].map(([id, name]) => [id, name] as const)}
          onChoose={(site) => set({ site })}
        />
      </div>
    </div>
  );
}
