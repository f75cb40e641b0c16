import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

type Props = Omit<ButtonHTMLAttributes, 'class' | 'type'> & {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly children: ComponentChildren;
};

export function Button({ kind = 'plain', type = 'button', children, ...rest }: Props) {
  return (
    <button {...rest} type={type} class={kind === 'plain' ? 'button' : `button button--${kind}`}>
      {children}
    </button>
  );
}
