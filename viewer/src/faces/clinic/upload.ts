import type { DetailedError } from 'tus-js-client';
import { type Call, csrfHeader, Problem } from '../../wire/http';
import type { DraftPhoto } from './drafts';
import type { UploadWatch } from './sender';

/** At most this much is sent twice after a cut: 47 s of GPRS. */
const CHUNK_BYTES = 256 * 1024;
const SILENCE_MS = 180_000;

/** Sends one picture with the tus protocol, from the byte that the hub already has. */
export async function uploadPhoto(
  photo: DraftPhoto,
  bytes: Blob,
  caseId: string,
  watch: UploadWatch,
  call: Call,
): Promise<void> {
  // Loaded by the first upload, so that a list of cases does not wait for it.
  const { Upload } = await import('tus-js-client');
  call.signal.throwIfAborted();

  await new Promise<void>((resolve, reject) => {
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const finish = (end: () => void) => {
      clearTimeout(watchdog);
      call.signal.removeEventListener('abort', onAbort);
      end();
    };
    const onAbort = () => {
      void upload.abort();
      finish(() => reject(new DOMException('stopped', 'AbortError')));
    };
    // A link can go silent without closing: give up and come back rather than wait for ever.
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        void upload.abort();
        finish(() => reject(offline()));
      }, SILENCE_MS);
    };
    const upload = new Upload(bytes, {
      endpoint: '/api/uploads',
      uploadUrl: photo.uploadUrl,
      chunkSize: CHUNK_BYTES,
      retryDelays: [500, 2000, 5000],
      storeFingerprintForResuming: false,
      metadata: {
        caseId,
        view: photo.view,
        // Never the camera's own file name: people put patients' names there.
        filename: `${photo.view.toLowerCase()}.${photo.type === 'image/png' ? 'png' : 'jpg'}`,
        filetype: photo.type,
        ...(photo.sha256 === null ? {} : { sha256: photo.sha256 }),
      },
      onBeforeRequest(request) {
        alive();
        for (const [name, value] of Object.entries(csrfHeader())) request.setHeader(name, value);
      },
      onUploadUrlAvailable() {
        if (upload.url !== null) void watch.url(upload.url);
      },
      onProgress(sent) {
        alive();
        watch.progress(sent);
      },
      onShouldRetry: (error) => passing(error.originalResponse?.getStatus() ?? 0),
      onError: (error) => finish(() => reject(problemFrom(error))),
      onSuccess: () => finish(resolve),
    });
    call.signal.addEventListener('abort', onAbort);
    alive();
    upload.start();
  });
}

function passing(status: number): boolean {
  return status === 0 || status >= 500 || [408, 409, 423, 425, 429, 460].includes(status);
}

function problemFrom(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (response === null) return offline();
  const status = response.getStatus();
  const fields = parse(response.getBody());
  return new Problem({
    status,
    code: text(fields, 'code') ?? `HTTP-${status}`,
    title: text(fields, 'title') ?? `The hub answered ${status}.`,
    detail: text(fields, 'detail') ?? '',
    next: text(fields, 'next') ?? '',
  });
}

function offline(): Problem {
  return new Problem({ status: 0, code: 'OFFLINE', title: 'The hub cannot be reached.' });
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}
