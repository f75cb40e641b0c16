import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../wire/http';
import type { Case } from '../../wire/types';
import { type Draft, type DraftPhoto, type DraftStore, newDraft, type PhotoView } from './drafts';
import { memoryStore } from './memory-store';
import { type HubPort, type SendOutcome, type SendProgress, sendDraft } from './sender';

/** A hub that remembers what it was asked, and fails where it is told to. */
class ScriptedHub implements HubPort {
  readonly asked: string[] = [];
  readonly fail = new Map<string, unknown[]>();
  state: Case['state'] = 'DRAFT';
  messages: { text: string }[] = [];

  #step(what: string): void {
    this.asked.push(what);
    const failure = this.fail.get(what)?.shift();
    if (failure !== undefined) throw failure;
  }

  #case(): Case {
    return { id: 'case-1', version: 7, state: this.state, messages: this.messages } as unknown as Case;
  }

  async create(): Promise<Case> {
    this.#step('create');
    return this.#case();
  }

  async read(): Promise<Case> {
    this.#step('read');
    return this.#case();
  }

  async update(): Promise<Case> {
    this.#step('update');
    return this.#case();
  }

  async submit(): Promise<Case> {
    this.state = 'WAITING';
    this.#step('submit');
    return this.#case();
  }

  async answer(): Promise<Case> {
    this.state = 'CLAIMED';
    this.#step('answer');
    return this.#case();
  }

  async message(): Promise<Case> {
    this.#step('message');
    return this.#case();
  }

  upload: HubPort['upload'] = async (photo, bytes, _caseId, watch) => {
    await watch.url(`/api/uploads/${photo.view}`);
    watch.progress(bytes.size / 2);
    this.#step(`upload ${photo.view} from ${photo.uploadUrl ?? 'the start'}`);
    watch.progress(bytes.size);
  };
}

const offline = () => new Problem({ status: 0, code: 'OFFLINE', title: 'no link' });
const refusal = () =>
  new Problem({ status: 422, code: 'TR-0123', title: 'Damaged.', next: 'Take it again.' });

let hub: ScriptedHub;
let store: DraftStore;
let draft: Draft;
let progress: SendProgress[];

const photo = (view: PhotoView, takenAt: number): DraftPhoto => ({
  id: `photo-${view}`,
  draftId: draft.id,
  view,
  type: 'image/jpeg',
  byteCount: 1000,
  width: 4000,
  height: 3000,
  warnings: [],
  sha256: null,
  uploadUrl: null,
  sent: false,
  refused: null,
  takenAt,
});
const send = (): Promise<SendOutcome> =>
  sendDraft(draft.id, store, hub, (each) => progress.push(each), { signal: new AbortController().signal });

beforeEach(async () => {
  hub = new ScriptedHub();
  store = memoryStore();
  progress = [];
  draft = { ...newDraft('draft-1', 'person-1', 0), stage: 'queued' };
  await store.write(draft);
  await store.addPhoto(photo('OVERVIEW', 2), new Blob([new Uint8Array(1000)]));
  await store.addPhoto(photo('CLOSE_UP', 1), new Blob([new Uint8Array(1000)]));
});

describe('sending a case', () => {
  test('opens it, sends every picture, hands it over, and only then lets go of it', async () => {
    expect(await send()).toEqual({ kind: 'done', caseId: 'case-1' });

    expect(hub.asked).toEqual([
      'create',
      'upload OVERVIEW from the start',
      'upload CLOSE_UP from the start',
      'read',
      'submit',
    ]);
    expect(progress.at(-1)).toEqual({ sentBytes: 2000, totalBytes: 2000 });
    expect(await store.read('draft-1')).toBeNull();
  });

  test('cut in the second picture: the first is not sent again, the second goes on where the hub has it', async () => {
    hub.fail.set('upload CLOSE_UP from the start', [offline()]);

    expect((await send()).kind).toBe('later');
    expect(await store.photoBytes('photo-OVERVIEW')).toBeNull();
    expect((await store.photoBytes('photo-CLOSE_UP'))?.size).toBe(1000);

    hub.asked.length = 0;
    expect((await send()).kind).toBe('done');
    expect(hub.asked).toEqual(['upload CLOSE_UP from /api/uploads/CLOSE_UP', 'read', 'update', 'submit']);
  });

  test('the answer to the handing over is lost: asking again shows that it got through', async () => {
    hub.fail.set('submit', [offline()]);

    expect((await send()).kind).toBe('later');
    hub.asked.length = 0;
    expect((await send()).kind).toBe('done');
    expect(hub.asked).toEqual(['read']);
  });

  test('a refused picture does not keep the others back, and the case waits for a person', async () => {
    hub.fail.set('upload OVERVIEW from the start', [refusal()]);

    expect(await send()).toEqual({
      kind: 'attention',
      problem: { code: 'TR-0123', title: 'Damaged.', next: 'Take it again.' },
    });
    expect(hub.asked).not.toContain('submit');
    const [closeUp, overview] = await store.photos('draft-1');
    expect(overview?.refused?.code).toBe('TR-0123');
    expect(closeUp?.sent).toBe(true);
  });

  test.each([
    [401, 'signed-out'],
    [503, 'later'],
    [409, 'later'],
    [429, 'later'],
    [422, 'attention'],
  ])('status %d on opening the case means %s, and nothing is lost', async (status, kind) => {
    hub.fail.set('create', [new Problem({ status, title: 'no' })]);

    expect((await send()).kind).toBe(kind);
    expect(await store.photoBytes('photo-OVERVIEW')).not.toBeNull();
  });
});

describe('sending an answer', () => {
  beforeEach(async () => {
    draft = { ...draft, kind: 'answer', caseId: 'case-1', answer: 'With a ruler now.' };
    await store.write(draft);
  });

  test('sends the new pictures first, so that the reader finds them', async () => {
    hub.state = 'NEEDS_INFO';

    expect((await send()).kind).toBe('done');
    expect(hub.asked.slice(-2)).toEqual(['read', 'answer']);
    expect(hub.asked).toHaveLength(4);
  });

  test('an answer that got through before is not given twice', async () => {
    hub.state = 'CLAIMED';
    hub.messages = [{ text: 'With a ruler now.' }];

    expect((await send()).kind).toBe('done');
    expect(hub.asked.at(-1)).toBe('read');
  });

  test('when the reader no longer waits, the text still reaches the conversation', async () => {
    hub.state = 'CLAIMED';

    expect((await send()).kind).toBe('done');
    expect(hub.asked.at(-1)).toBe('message');
  });
});
