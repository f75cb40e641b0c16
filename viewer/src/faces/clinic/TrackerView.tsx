import type { TrackedStop } from './tracker';
import { words } from './words';

/** The way of a case as a list of stops; marks are told by word as well as by colour and shape. */
export function TrackerView({
  stops,
  texts,
}: {
  stops: readonly TrackedStop[];
  texts: Partial<Record<string, string>>;
}) {
  return (
    <ol class="tracker" aria-label={words.t('tracker')}>
      {stops.map(({ stop, mark }) => (
        <li
          key={stop}
          class={`tracker__stop tracker__stop--${mark}`}
          aria-current={mark === 'now' || mark === 'attention' ? 'step' : undefined}
        >
          <span class="tracker__dot" aria-hidden="true" />
          <span>
            {texts[stop] ?? words.t(`stop.${stop}`)}
            <span class="visually-hidden">: {words.t(`mark.${mark}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
