import type { Draft, DraftPhoto, DraftStore } from './drafts';

/** Stands in where the browser offers no IndexedDB (some private windows): works, but a reload empties it. */
export function memoryStore(): DraftStore {
  const drafts = new Map<string, Draft>();
  const photos = new Map<string, DraftPhoto>();
  const bytes = new Map<string, Blob>();
  return {
    async list(owner) {
      return [...drafts.values()].filter((d) => d.owner === owner).sort((a, b) => b.createdAt - a.createdAt);
    },
    async read(id) {
      return drafts.get(id) ?? null;
    },
    async write(draft) {
      drafts.set(draft.id, draft);
    },
    async remove(id) {
      drafts.delete(id);
      for (const photo of [...photos.values()].filter((p) => p.draftId === id)) {
        photos.delete(photo.id);
        bytes.delete(photo.id);
      }
    },
    async photos(draftId) {
      return [...photos.values()].filter((p) => p.draftId === draftId).sort((a, b) => a.takenAt - b.takenAt);
    },
    async addPhoto(photo, blob) {
      photos.set(photo.id, photo);
      bytes.set(photo.id, blob);
    },
    async writePhoto(photo) {
      photos.set(photo.id, photo);
    },
    async removePhoto(id) {
      photos.delete(id);
      bytes.delete(id);
    },
    async photoBytes(id) {
      return bytes.get(id) ?? null;
    },
    async forgetPhotoBytes(id) {
      bytes.delete(id);
    },
  };
}
