import type { OpenCase } from '../../../state/openCase';
import type { UnderWay } from '../../../wire/types';
import { durationText, shareText, shortTimeText } from '../../shared/format';
import { w } from '../words';

function bytesText({ receivedBytes, totalBytes }: UnderWay, secondsLeft: number | null): string {
  if (receivedBytes >= totalBytes) return w('arrival.filing');
  const share = shareText(receivedBytes, totalBytes);
  return secondsLeft === null
    ? w('arrival.bytes', share)
    : w('arrival.left', { ...share, left: durationText(secondsLeft) });
}

/** How far the pictures are that the clinic's gateway announced, and since when it has been silent. */
export function ArrivalNote({ open }: { readonly open: OpenCase }) {
  const underWay = open.data.value?.underWay ?? null;
  if (underWay === null) return null;
  const { gateway, receivedBytes, totalBytes, storedInstances, totalInstances, silent, lastHeardAt } =
    underWay;
  const bytes = bytesText(underWay, open.secondsLeft());
  return (
    <section class="panel arrival" aria-label={w('arrival.title')}>
      <h3>{w('arrival.title')}</h3>
      <p>
        <bdi>{w('arrival.from', { gateway })}</bdi> {bytes}.{' '}
        {w('arrival.whole', { stored: storedInstances, total: totalInstances })}
      </p>
      <progress max={Math.max(1, totalBytes)} value={receivedBytes} aria-label={bytes} />
      {silent && (
        <div class="arrival__silent" role="status">
          <p class="silent">{w('arrival.silent', { time: shortTimeText(lastHeardAt ?? '', Date.now()) })}</p>
          <p class="soft">{w('arrival.silentNext')}</p>
        </div>
      )}
    </section>
  );
}
