/** The shape beside a word that something is wrong: told without its colour. */
export function Warning() {
  return (
    <svg class="sign" viewBox="0 0 10 10" aria-hidden="true">
      <path d="M5 0 10 10H0zM4.4 3.6v3h1.2v-3zM4.4 7.5v1.2h1.2V7.5z" fill-rule="evenodd" />
    </svg>
  );
}
