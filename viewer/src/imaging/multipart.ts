const CR = 13;
const LF = 10;

export interface Part {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const last = bytes.length - wanted.length;
  for (let at = from; at <= last; at++) {
    let same = 0;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same === wanted.length) return at;
  }
  return -1;
}

function boundaryOf(contentType: string): string {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? '';
}

/** The first part of a `multipart/related` body (RFC 2387); a body of another type is its own part. */
export function firstPart(contentType: string, body: Uint8Array<ArrayBuffer>): Part {
  if (!contentType.toLowerCase().startsWith('multipart/')) return { contentType, bytes: body };
  const encoder = new TextEncoder();
  const boundary = encoder.encode(`--${boundaryOf(contentType)}`);
  const start = find(body, boundary, 0);
  const headersEnd = start < 0 ? -1 : find(body, Uint8Array.of(CR, LF, CR, LF), start);
  if (headersEnd < 0) throw new Error('The answer is not the multipart body that it says it is.');
  const headers = new TextDecoder().decode(body.subarray(start + boundary.length, headersEnd));
  const from = headersEnd + 4;
  const delimiter = new Uint8Array(boundary.length + 2);
  delimiter.set([CR, LF]);
  delimiter.set(boundary, 2);
  const length = /^content-length:\s*(\d+)/im.exec(headers)?.[1];
  // With a length the boundary need not be searched for in megabytes of pixels.
  const told = length === undefined ? -1 : from + Number(length);
  const end =
    told >= from && find(body.subarray(0, told + delimiter.length), delimiter, told) === told
      ? told
      : find(body, delimiter, from);
  if (end < 0) throw new Error('The answer ends before its last part does.');
  return {
    contentType: /^content-type:\s*(.+)$/im.exec(headers)?.[1]?.trim() ?? '',
    bytes: body.slice(from, end),
  };
}
