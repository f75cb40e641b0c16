import { firstPart } from '../imaging/multipart';
import type { Picture } from '../imaging/sets';
import { framePath, renderedPath } from '../wire/dicomweb';
import { type Call, Problem, send } from '../wire/http';

type Progress = (loaded: number, total: number) => void;

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

export interface LoadedPhoto {
  readonly url: string;
  /** False when the hub made a picture of it instead of giving the photo's own bytes. */
  readonly original: boolean;
}

async function fetched(path: string, progress: Progress, call: Call): Promise<LoadedPhoto> {
  const response = await send(path, { signal: call.signal, headers: { accept: 'image/*' } });
  const type = response.headers.get('content-type') ?? 'image/jpeg';
  const bytes = await read(response, progress);
  return { url: URL.createObjectURL(new Blob([bytes], { type })), original: false };
}

async function read(response: Response, progress: Progress): Promise<Uint8Array<ArrayBuffer>> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    loaded += value.length;
    progress(loaded, total);
  }
  const all = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/**
 * Fetches a photo for an `<img>`, so that the browser's own colour management shows it. A JPEG comes as its own
 * bytes, colour profile and all; anything else as the hub renders it; one that is still under way as its preview.
 * The caller revokes the address.
 */
export async function loadPhoto(picture: Picture, progress: Progress, call: Call): Promise<LoadedPhoto> {
  if (picture.announced !== null) return fetched(picture.announced.url ?? '', progress, call);
  const { ref, instance, frame } = picture;
  if (instance.transferSyntaxUid === JPEG_BASELINE) {
    const accept = `multipart/related; type="image/jpeg"; transfer-syntax=${JPEG_BASELINE}`;
    try {
      const response = await send(framePath(ref, frame), { signal: call.signal, headers: { accept } });
      const part = firstPart(response.headers.get('content-type') ?? '', await read(response, progress));
      if (part.bytes[0] === 0xff && part.bytes[1] === 0xd8) {
        return { url: URL.createObjectURL(new Blob([part.bytes], { type: 'image/jpeg' })), original: true };
      }
    } catch (failure) {
      // The hub may not give this object as JPEG; it can still render it. Anything else is a real failure.
      if (!(failure instanceof Problem) || ![400, 406, 415].includes(failure.status)) throw failure;
    }
  }
  return fetched(renderedPath(ref), progress, call);
}
