import type { Draft, DraftPhoto, DraftStore } from './drafts';

const DRAFTS = 'draft';
const PHOTOS = 'photo';
const BYTES = 'photo-bytes';

/** Drafts and their pictures in the browser's IndexedDB. Nothing of a patient goes to localStorage. */
export async function openPhoneStore(name = 'heliograph-clinic'): Promise<DraftStore> {
  const database = await open(name);

  async function all<T>(store: string, index: string, key: string): Promise<T[]> {
    return request<T[]>(database.transaction(store).objectStore(store).index(index).getAll(key));
  }

  return {
    async list(owner) {
      const drafts = await all<Draft>(DRAFTS, 'owner', owner);
      return drafts.sort((a, b) => b.createdAt - a.createdAt);
    },
    async read(id) {
      return (
        (await request<Draft | undefined>(database.transaction(DRAFTS).objectStore(DRAFTS).get(id))) ?? null
      );
    },
    async write(draft) {
      const transaction = database.transaction(DRAFTS, 'readwrite', { durability: 'strict' });
      transaction.objectStore(DRAFTS).put(draft);
      await done(transaction);
    },
    async remove(id) {
      const photos = await all<DraftPhoto>(PHOTOS, 'draftId', id);
      const transaction = database.transaction([DRAFTS, PHOTOS, BYTES], 'readwrite', {
        durability: 'strict',
      });
      transaction.objectStore(DRAFTS).delete(id);
      for (const photo of photos) {
        transaction.objectStore(PHOTOS).delete(photo.id);
        transaction.objectStore(BYTES).delete(photo.id);
      }
      await done(transaction);
    },
    async photos(draftId) {
      const photos = await all<DraftPhoto>(PHOTOS, 'draftId', draftId);
      return photos.sort((a, b) => a.takenAt - b.takenAt);
    },
    async addPhoto(photo, bytes) {
      // A plain buffer: some phones lose Blobs that point into the camera's folder.
      const buffer = await bytes.arrayBuffer();
      const transaction = database.transaction([PHOTOS, BYTES], 'readwrite', { durability: 'strict' });
      transaction.objectStore(PHOTOS).put(photo);
      transaction.objectStore(BYTES).put({ type: bytes.type, buffer }, photo.id);
      await done(transaction);
    },
    async writePhoto(photo) {
      const transaction = database.transaction(PHOTOS, 'readwrite', { durability: 'strict' });
      transaction.objectStore(PHOTOS).put(photo);
      await done(transaction);
    },
    async removePhoto(id) {
      const transaction = database.transaction([PHOTOS, BYTES], 'readwrite', { durability: 'strict' });
      transaction.objectStore(PHOTOS).delete(id);
      transaction.objectStore(BYTES).delete(id);
      await done(transaction);
    },
    async photoBytes(id) {
      const found = await request<{ type: string; buffer: ArrayBuffer } | undefined>(
        database.transaction(BYTES).objectStore(BYTES).get(id),
      );
      return found === undefined ? null : new Blob([found.buffer], { type: found.type });
    },
    async forgetPhotoBytes(id) {
      const transaction = database.transaction(BYTES, 'readwrite', { durability: 'strict' });
      transaction.objectStore(BYTES).delete(id);
      await done(transaction);
    },
  };
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore(DRAFTS, { keyPath: 'id' }).createIndex('owner', 'owner');
      database.createObjectStore(PHOTOS, { keyPath: 'id' }).createIndex('draftId', 'draftId');
      database.createObjectStore(BYTES);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

function request<T>(pending: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    pending.onsuccess = () => resolve(pending.result as T);
    pending.onerror = () => reject(pending.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
