import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { Warning } from '../../ui/Warning';
import { timeText } from '../shared/format';
import { Name } from '../shared/parts';
import { AddGateway } from './AddGateway';
import { GatewayCard } from './GatewayCard';
import type { GatewayBoard } from './gateway-board';

/** All gateways of the network: who is silent, what waits there, what is on its way. */
export function Gateways({ board }: { readonly board: GatewayBoard }) {
  const [adding, setAdding] = useState(false);
  const all = board.sorted.value;
  return (
    <>
      <div class="row row--apart">
        <h1>Gateways</h1>
        <Button kind="primary" onClick={() => setAdding(true)}>
          Add a gateway
        </Button>
      </div>
      {board.problem.value !== null && (
        <ProblemNote failure={board.problem.value}>
          <Button onClick={() => void board.load()}>Try again</Button>
        </ProblemNote>
      )}
      {!board.loaded.value && board.problem.value === null && <p role="status">Loading…</p>}
      {board.loaded.value && (
        <ul class="counts">
          <li class={board.silent.value.length > 0 ? 'count count--bad' : 'count'}>
            <strong>{board.silent.value.length}</strong> silent
          </li>
          <li class="count">
            <strong>{all.filter((each) => each.switchedOffAt === null).length}</strong> in service
          </li>
          <li class="count">
            <strong>{all.reduce((sum, each) => sum + (each.status?.waitingInstances ?? 0), 0)}</strong>{' '}
            waiting at the sites
          </li>
          <li class="count">
            <strong>{all.reduce((sum, each) => sum + each.parcels.length, 0)}</strong> under way
          </li>
        </ul>
      )}
      {board.loaded.value && all.length === 0 && (
        <p class="soft">
          No site has a gateway yet. “Add a gateway” makes a code that connects a PC at a site.
        </p>
      )}
      <ul class="cards">
        {all.map((each) => (
          <li key={each.id}>
            <GatewayCard board={board} gateway={each} />
          </li>
        ))}
      </ul>
      {adding && (
        <AddGateway
          sites={[...new Map(all.map((each) => [each.site.code, each.site.name]))]}
          onClose={() => {
            setAdding(false);
            void board.load();
          }}
        />
      )}
    </>
  );
}

/** More sites than these are only counted. */
const MOST_NAMED = 5;

/** On the page where one works: which sites are silent or have something parked. */
export function GatewayAlarm({ board }: { readonly board: GatewayBoard }) {
  const silent = board.silent.value.map(
    (each) => [each, `silent since ${timeText(each.silentSince)}`] as const,
  );
  const parked = board.parked.value.map((each) => [each, 'something is parked and needs a person'] as const);
  const all = [...silent, ...parked];
  if (all.length === 0) return null;
  return (
    <div class="note note--warning stack stack--tight" role="status">
      {all.slice(0, MOST_NAMED).map(([each, text]) => (
        <p key={each.id} class="strong">
          <Warning /> <Name>{each.site.name}</Name>: {text}
        </p>
      ))}
      {all.length > MOST_NAMED && <p>and {all.length - MOST_NAMED} more</p>}
      <a class="link" href="#gateways">
        Look at the gateways
      </a>
    </div>
  );
}
