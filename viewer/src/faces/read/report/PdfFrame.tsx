import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { bytesText } from '../../../i18n/dates';
import { ProblemNote } from '../../../ui/ProblemNote';
import { isAbort } from '../../../wire/http';
import { fetchPdf } from '../../../wire/reports';
import { w } from '../words';

/** A PDF of the hub in the browser's own reader. It is fetched first, so that a refusal is told in words. */
export function PdfFrame({ path, title }: { readonly path: string; readonly title: string }) {
  const loaded = useSignal<{ url: string; bytes: number } | null>(null);
  const failure = useSignal<unknown>(null);

  useEffect(() => {
    const end = new AbortController();
    let url: string | undefined;
    fetchPdf(path, end).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        loaded.value = { url, bytes: blob.size };
      },
      (problem: unknown) => {
        if (!isAbort(problem)) failure.value = problem;
      },
    );
    return () => {
      end.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [path, loaded, failure]);

  if (failure.value !== null) return <ProblemNote failure={failure.value} />;
  if (loaded.value === null) return <p role="status">{w('preview.loading')}</p>;
  return (
    <>
      <iframe class="pdf" title={title} src={loaded.value.url} />
      <p>
        <a href={loaded.value.url} target="_blank" rel="noreferrer">
          {w('preview.tab')}
        </a>{' '}
        <span class="soft">{bytesText(loaded.value.bytes)}</span>
      </p>
    </>
  );
}
