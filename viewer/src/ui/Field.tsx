import type { AllHTMLAttributes, ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../i18n/messages';

interface Shared {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

function Frame(props: Shared & { id: string; required: boolean; children: ComponentChildren }) {
  const { id, label, hint, error, required, children } = props;
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
        {required && <span class="field__required"> ({t('required')})</span>}
      </label>
      {children}
      {hint !== undefined && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Shared): { 'aria-describedby'?: string } {
  const ids = [hint !== undefined ? `${id}-hint` : '', error !== undefined ? `${id}-error` : ''];
  const text = ids.filter((each) => each !== '').join(' ');
  return text === '' ? {} : { 'aria-describedby': text };
}

type Common =
  | 'autofocus'
  | 'autocomplete'
  | 'dir'
  | 'disabled'
  | 'lang'
  | 'maxLength'
  | 'minLength'
  | 'name'
  | 'placeholder'
  | 'required'
  | 'spellcheck';
type Handlers = 'onBlur' | 'onChange' | 'onFocus' | 'onInput' | 'onKeyDown' | 'onPaste';
type Attributes<E extends EventTarget, More extends keyof AllHTMLAttributes<E>> = Pick<
  AllHTMLAttributes<E>,
  Common | Handlers | More
> & { readonly value?: string };

type InputProps = Shared &
  Attributes<HTMLInputElement, 'inputMode' | 'max' | 'min' | 'pattern' | 'step'> & {
    readonly type?: 'text' | 'date' | 'email' | 'number' | 'password' | 'search' | 'tel';
  };

export function TextField({ label, hint, error, ...rest }: InputProps) {
  const id = useId();
  // Preact's type is a union by `type`; the allowed types above all take these attributes.
  const attributes = rest as InputHTMLAttributes<HTMLInputElement>;
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required === true}>
      <input
        {...attributes}
        id={id}
        class="input"
        aria-invalid={error !== undefined}
        {...described(id, { label, hint, error })}
      />
    </Frame>
  );
}

type AreaProps = Shared & Attributes<HTMLTextAreaElement, 'rows'>;

export function TextArea({ label, hint, error, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required === true}>
      <textarea
        {...rest}
        id={id}
        class="input"
        aria-invalid={error !== undefined}
        {...described(id, { label, hint, error })}
      />
    </Frame>
  );
}

type SelectProps = Shared &
  Attributes<HTMLSelectElement, never> & {
    readonly options: readonly (readonly [value: string, text: string])[];
  };

export function SelectField({ label, hint, error, options, ...rest }: SelectProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required === true}>
      <select
        {...rest}
        id={id}
        class="input"
        aria-invalid={error !== undefined}
        {...described(id, { label, hint, error })}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}
