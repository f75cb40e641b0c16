import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ImageHeader } from '../imaging/header';
import { contradictions, type IdentityField } from '../imaging/identity';
import { type ImageSet, imageSets, type Picture } from '../imaging/sets';
import { type LoadedHeader, loadHeaders } from '../render/headers';
import type { FrameSource } from '../render/viewport';
import { framePath } from '../wire/dicomweb';
import { isAbort } from '../wire/http';
import type { Case, Preview } from '../wire/types';

/** The picture that a reader looks at: found again by what it is, by its place only when it has gone. */
interface Chosen {
  readonly key: string;
  readonly index: number;
  readonly sop: string;
  readonly frame: number;
}

const placeOf = (set: ImageSet | undefined, { sop, frame }: Chosen) => {
  const exact = set?.pictures.findIndex((each) => each.ref.sop === sop && each.frame === frame) ?? -1;
  return exact >= 0 ? exact : (set?.pictures.findIndex((each) => each.ref.sop === sop) ?? -1);
};

/** Which pictures the open case has, which one is shown, and the headers that describe them. */
export class Images {
  /** What gateways announced for the case. */
  readonly previews = signal<readonly Preview[]>([]);
  readonly sets: ReadonlySignal<readonly ImageSet[]>;
  readonly chosen = signal<Chosen | null>(null);
  readonly failure = signal<unknown>(null);
  readonly set: ReadonlySignal<ImageSet | null>;
  readonly index: ReadonlySignal<number>;
  readonly picture: ReadonlySignal<Picture | null>;
  /** The frames of the shown set that can be shown, in order; the same array as long as they are the same. */
  readonly sources: ReadonlySignal<readonly FrameSource[]>;
  /** The shown picture's own among them. */
  readonly source: ReadonlySignal<FrameSource | null>;
  readonly header: ReadonlySignal<ImageHeader | null>;
  readonly contradictions: ReadonlySignal<readonly IdentityField[]>;
  /** Pictures that are announced and not here. */
  readonly missing: ReadonlySignal<number>;

  readonly #headers = signal<ReadonlyMap<string, LoadedHeader>>(new Map());
  readonly #loading = new Set<string>();
  readonly #end: AbortSignal;
  #last: readonly FrameSource[] = [];

  constructor(data: ReadonlySignal<Case | null>, end: AbortSignal) {
    this.#end = end;
    this.sets = computed(() => (data.value === null ? [] : imageSets(data.value, this.previews.value)));
    this.set = computed(() => {
      const sets = this.sets.value;
      const chosen = this.chosen.value;
      if (chosen === null) return sets[0] ?? null;
      const byKey = sets.find((each) => each.key === chosen.key);
      const found = [byKey, ...sets].find((each) => placeOf(each, chosen) >= 0);
      return found ?? byKey ?? sets[0] ?? null;
    });
    this.index = computed(() => {
      const set = this.set.value;
      const chosen = this.chosen.value;
      if (set === null || chosen === null) return 0;
      const place = placeOf(set, chosen);
      return place >= 0 ? place : Math.max(0, Math.min(chosen.index, set.pictures.length - 1));
    });
    this.picture = computed(() => this.set.value?.pictures[this.index.value] ?? null);
    this.sources = computed(() => this.#sourcesOf(this.set.value));
    this.source = computed(() => {
      const picture = this.picture.value;
      if (picture === null || picture.announced !== null) return null;
      const path = framePath(picture.ref, picture.frame);
      return this.sources.value.find((each) => each.path === path) ?? null;
    });
    this.header = computed(() => this.source.value?.header ?? null);
    this.contradictions = computed(() => {
      const header = this.header.value;
      const details = data.value?.patientDetails;
      return header === null || details === undefined ? [] : contradictions(header.patient, details);
    });
    this.missing = computed(() =>
      this.sets.value.reduce(
        (sum, each) => sum + each.pictures.filter(({ announced }) => announced !== null).length,
        0,
      ),
    );
  }

  choose(key: string, index: number): void {
    const picture = this.sets.value.find((each) => each.key === key)?.pictures[index];
    this.chosen.value = { key, index, sop: picture?.ref.sop ?? '', frame: picture?.frame ?? 1 };
  }

  /** Holds on to the shown picture before more arrive, whatever comes to stand before it. */
  hold(): void {
    const set = this.set.value;
    if (this.chosen.value === null && set !== null) this.choose(set.key, this.index.value);
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

  /** Fetches the headers of the shown set that are not here yet. */
  async loadHeaders(): Promise<void> {
    const set = this.set.value;
    const headers = this.#headers.value;
    if (set === null || this.#loading.has(set.key)) return;
    if (set.pictures.every(({ announced, ref }) => announced !== null || headers.has(ref.sop))) return;
    this.#loading.add(set.key);
    try {
      const loaded = await loadHeaders(set, { signal: this.#end });
      this.#loading.delete(set.key);
      this.failure.value = null;
      // Those known before stay the same objects, so that what is shown is not drawn anew.
      this.#headers.value = new Map([...loaded, ...this.#headers.value]);
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    } finally {
      this.#loading.delete(set.key);
    }
  }

  #sourcesOf(set: ImageSet | null): readonly FrameSource[] {
    const headers = this.#headers.value;
    const found = (set?.pictures ?? []).flatMap((picture) => {
      if (picture.announced !== null) return [];
      const loaded = headers.get(picture.ref.sop);
      return loaded === undefined ? [] : [{ path: framePath(picture.ref, picture.frame), ...loaded }];
    });
    const same =
      found.length === this.#last.length &&
      found.every((each, index) => {
        const last = this.#last[index];
        return last?.path === each.path && last.header === each.header;
      });
    if (!same) this.#last = found;
    return this.#last;
  }
}
