import { judge, MEASURED_LONG_SIDE, measure, type Verdict } from './quality';

export interface ExaminedPicture {
  readonly width: number;
  readonly height: number;
  readonly verdict: Verdict;
}

/** Decodes a picture file with its EXIF orientation applied and judges it. The file itself is never changed. */
export async function examine(file: Blob): Promise<ExaminedPicture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    // Not an image that this browser can decode (HEIC, a damaged file): say so instead of sending it.
    return { width: 0, height: 0, verdict: { kind: 'refused', reason: 'UNREADABLE' } };
  }
  const { width, height } = bitmap;
  try {
    const scale = Math.min(1, MEASURED_LONG_SIDE / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no 2d canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    return {
      width,
      height,
      verdict: judge(width, height, measure(pixels.data, canvas.width, canvas.height)),
    };
  } finally {
    bitmap.close();
  }
}

/** SHA-256 of the whole file in lower-case hex; null where the browser has no Web Crypto (plain http). */
export async function sha256(file: Blob): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
