import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ImageHeader } from '../imaging/header';
import { contradictions, type IdentityField } from '../imaging/identity';
import { type ImageSet, imageSets } from '../imaging/sets';
import { loadSources } from '../render/headers';
import type { FrameSource } from '../render/viewport';
import { isAbort } from '../wire/http';
import type { Case } from '../wire/types';

interface Loaded {
  readonly pictures: string;
  readonly sources: readonly FrameSource[];
}

const pictureKey = (set: ImageSet) => set.pictures.map(({ ref, frame }) => `${ref.sop}/${frame}`).join();

/** Which pictures the open case has, which one is shown, and the headers that describe them. */
export class Images {
  readonly sets: ReadonlySignal<readonly ImageSet[]>;
  readonly chosen = signal<{ readonly key: string; readonly index: number } | null>(null);
  readonly failure = signal<unknown>(null);
  readonly set: ReadonlySignal<ImageSet | null>;
  readonly index: ReadonlySignal<number>;
  readonly sources: ReadonlySignal<readonly FrameSource[] | null>;
  readonly header: ReadonlySignal<ImageHeader | null>;
  readonly contradictions: ReadonlySignal<readonly IdentityField[]>;

  readonly #loaded = signal<ReadonlyMap<string, Loaded>>(new Map());
  readonly #end: AbortSignal;

  constructor(data: ReadonlySignal<Case | null>, end: AbortSignal) {
    this.#end = end;
    this.sets = computed(() => (data.value === null ? [] : imageSets(data.value)));
    this.set = computed(
      () => this.sets.value.find((each) => each.key === this.chosen.value?.key) ?? this.sets.value[0] ?? null,
    );
    this.index = computed(() => {
      const count = this.set.value?.pictures.length ?? 0;
      return Math.max(0, Math.min(this.chosen.value?.index ?? 0, count - 1));
    });
    this.sources = computed(() => {
      const set = this.set.value;
      const found = set === null ? undefined : this.#loaded.value.get(set.key);
      return set !== null && found?.pictures === pictureKey(set) ? found.sources : null;
    });
    this.header = computed(() => this.sources.value?.[this.index.value]?.header ?? null);
    this.contradictions = computed(() => {
      const header = this.header.value;
      const details = data.value?.patientDetails;
      return header === null || details === undefined ? [] : contradictions(header.patient, details);
    });
  }

  choose(key: string, index: number): void {
    this.chosen.value = { key, index };
  }

  /** Goes on by `step` pictures, over the ends of a series into the next. */
  step(step: 1 | -1): boolean {
    const sets = this.sets.value;
    const at = sets.findIndex((each) => each.key === this.set.value?.key);
    const here = sets[at];
    if (here === undefined) return false;
    const index = this.index.value + step;
    if (index >= 0 && index < here.pictures.length) {
      this.choose(here.key, index);
      return true;
    }
    const other = sets[at + step];
    if (other === undefined) return false;
    this.choose(other.key, step > 0 ? 0 : other.pictures.length - 1);
    return true;
  }

  /** Fetches the headers of the shown set, once. */
  async loadHeaders(): Promise<void> {
    const set = this.set.value;
    if (set === null || this.sources.value !== null) return;
    try {
      const sources = await loadSources(set, { signal: this.#end });
      this.#loaded.value = new Map(this.#loaded.value).set(set.key, { pictures: pictureKey(set), sources });
      this.failure.value = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    }
  }
}
