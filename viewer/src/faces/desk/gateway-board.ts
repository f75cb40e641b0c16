import { computed, signal } from '@preact/signals';
import { pollInSight } from '../../state/poll';
import { type Gateway, gateways, switchOff } from '../../wire/gateways';
import { isAbort } from '../../wire/http';
import type { GatewayId } from '../../wire/ids';
import { byCondition, conditionOf } from './gateway-state';

const EVERY_MILLIS = 15_000;

/** All gateways of the network, exceptions first; kept fresh while somebody looks. */
export class GatewayBoard {
  readonly gateways = signal<readonly Gateway[]>([]);
  readonly loaded = signal(false);
  readonly problem = signal<unknown>(null);
  readonly sorted = computed(() => [...this.gateways.value].sort(byCondition));
  readonly silent = computed(() => this.sorted.value.filter((each) => conditionOf(each) === 'silent'));
  readonly parked = computed(() => this.sorted.value.filter((each) => conditionOf(each) === 'parked'));

  readonly #end: AbortSignal;

  constructor(end: AbortSignal) {
    this.#end = end;
  }

  async begin(): Promise<void> {
    pollInSight({ wanted: () => true, ask: () => this.load(), everyMillis: EVERY_MILLIS, signal: this.#end });
    await this.load();
  }

  async load(): Promise<void> {
    try {
      this.gateways.value = await gateways({ signal: this.#end });
      this.loaded.value = true;
      this.problem.value = null;
    } catch (failure) {
      if (!isAbort(failure)) this.problem.value = failure;
    }
  }

  async switchOff(id: GatewayId): Promise<void> {
    const changed = await switchOff(id, { signal: this.#end });
    this.gateways.value = this.gateways.value.map((each) => (each.id === id ? changed : each));
  }
}
