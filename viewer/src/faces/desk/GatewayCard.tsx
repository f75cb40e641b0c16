import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { Warning } from '../../ui/Warning';
import type { Gateway, GatewayStatus, OpenParcel } from '../../wire/gateways';
import { bytesText, durationText, percentText, shareText, timeText } from '../shared/format';
import { Name } from '../shared/parts';
import type { GatewayBoard } from './gateway-board';
import { type Condition, conditionOf, isNearlyFull, parkedOf } from './gateway-state';

const ALARMS: ReadonlySet<Condition> = new Set(['silent', 'parked', 'full']);
const ago = (instant: string) => `${durationText((Date.now() - Date.parse(instant)) / 1000)} ago`;

function conditionText(gateway: Gateway, condition: Condition): string {
  switch (condition) {
    case 'silent':
      return `Silent since ${timeText(gateway.silentSince)}`;
    case 'parked':
      return `${parkedOf(gateway)} parked: needs a person`;
    case 'full':
      return 'Disk nearly full';
    case 'waiting':
      return 'Not heard yet';
    case 'well':
      return 'In contact';
    case 'off':
      return `Switched off ${timeText(gateway.switchedOffAt)}`;
  }
}

export function GatewayCard({ board, gateway }: { readonly board: GatewayBoard; readonly gateway: Gateway }) {
  const [asking, setAsking] = useState(false);
  const condition = conditionOf(gateway);
  const alarm = ALARMS.has(condition);
  const { site, status, parcels } = gateway;
  return (
    <article class={alarm ? 'sheet gateway gateway--alarm' : 'sheet gateway'} aria-label={gateway.name}>
      <div class="row row--apart">
        <h2>
          <Name>{site.name}</Name> <span class="soft">{site.code}</span> · <Name>{gateway.name}</Name>
        </h2>
        <span class={`condition condition--${condition}`}>
          {alarm && <Warning />}
          {conditionText(gateway, condition)}
        </span>
      </div>
      <dl class="figures">
        <div>
          <dt>Last contact</dt>
          <dd>
            {gateway.lastContactAt === null
              ? 'never'
              : `${timeText(gateway.lastContactAt)} (${ago(gateway.lastContactAt)})`}
          </dd>
        </div>
        {status !== null && <StatusFigures gateway={gateway} status={status} />}
        <div>
          <dt>Software</dt>
          <dd>
            {gateway.software}, connected {timeText(gateway.enrolledAt)}
          </dd>
        </div>
      </dl>
      {parcels.length > 0 && <Parcels parcels={parcels} name={gateway.name} />}
      {gateway.switchedOffAt === null && (
        <div class="row row--end">
          <Button kind="danger" aria-label={`Switch off ${gateway.name}`} onClick={() => setAsking(true)}>
            Switch off…
          </Button>
        </div>
      )}
      {asking && <SwitchOff board={board} gateway={gateway} onClose={() => setAsking(false)} />}
    </article>
  );
}

function StatusFigures({ gateway, status }: { readonly gateway: Gateway; readonly status: GatewayStatus }) {
  const { waitingInstances, waitingBytes, oldestWaitingSeconds, bytesPerSecond } = status;
  const waiting =
    waitingInstances === 0
      ? 'nothing'
      : `${waitingInstances} (${bytesText(waitingBytes)}), the oldest ${durationText(oldestWaitingSeconds)}`;
  return (
    <>
      <div>
        <dt>Waiting there</dt>
        <dd>{waiting}</dd>
      </div>
      {bytesPerSecond !== null && (
        <div>
          <dt>Speed</dt>
          <dd>{bytesText(bytesPerSecond)}/s</dd>
        </div>
      )}
      <div class={isNearlyFull(gateway) ? 'alarm' : ''}>
        <dt>Disk free</dt>
        <dd>
          {bytesText(status.diskFreeBytes)}
          {isNearlyFull(gateway) && ': nearly full'}
        </dd>
      </div>
      <div class={status.parked > 0 ? 'alarm' : ''}>
        <dt>Parked there</dt>
        <dd>{status.parked}</dd>
      </div>
    </>
  );
}

function Parcels({ parcels, name }: { readonly parcels: readonly OpenParcel[]; readonly name: string }) {
  return (
    // The region scrolls sideways on a narrow screen, so the keyboard must be able to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="scroll" aria-label={`Parcels under way from ${name}`} tabIndex={0}>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Urgency</th>
            <th scope="col">Arrived</th>
            <th scope="col">Pictures whole</th>
            <th scope="col">Announced</th>
          </tr>
        </thead>
        <tbody>
          {parcels.map((parcel) => (
            <ParcelRow key={parcel.id} parcel={parcel} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ParcelRow({ parcel }: { readonly parcel: OpenParcel }) {
  const { receivedBytes, totalBytes } = parcel;
  const { percent, part, whole } = shareText(receivedBytes, totalBytes);
  return (
    <tr>
      <th scope="row">{parcel.caseNumbers.length === 0 ? 'no case yet' : parcel.caseNumbers.join(', ')}</th>
      <td>
        <UrgencyBadge urgency={parcel.urgency} />
      </td>
      <td>
        <progress
          class="meter"
          max={Math.max(1, totalBytes)}
          value={receivedBytes}
          aria-label={`${percentText(receivedBytes, totalBytes)} arrived`}
        />
        {percent} ({part} of {whole})
        {parcel.parkedParts > 0 && (
          <p class="alarm">
            <Warning /> {parcel.parkedParts} parked
          </p>
        )}
      </td>
      <td>
        {parcel.storedInstances} of {parcel.totalInstances}
        {parcel.released && <p class="soft">released</p>}
      </td>
      <td>{timeText(parcel.declaredAt)}</td>
    </tr>
  );
}

function SwitchOff(props: {
  readonly board: GatewayBoard;
  readonly gateway: Gateway;
  readonly onClose: () => void;
}) {
  const { board, gateway, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const switchOff = async () => {
    setBusy(true);
    try {
      await board.switchOff(gateway.id);
      onClose();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Switch off ${gateway.name}?`} onClose={onClose}>
      <p>
        The hub takes nothing more from this gateway of <Name>{gateway.site.name}</Name>, and it cannot be
        switched on again: the PC must be connected anew with a new code. What it has not sent yet stays on
        its disk.
      </p>
      {failure !== null && <ProblemNote failure={failure} />}
      <div class="dialog__actions">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" disabled={busy} onClick={() => void switchOff()}>
          Yes, switch off
        </Button>
      </div>
    </Dialog>
  );
}
