import type { Stack, Tool } from '../../../state/stack';
import { w } from '../words';

const TOOLS: readonly (readonly [Tool, string])[] = [
  ['window', 'W'],
  ['pan', 'P'],
  ['zoom', 'Z'],
  ['length', 'L'],
];

function Act(props: {
  readonly text: string;
  readonly keys: string;
  readonly disabled: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="tool"
      disabled={props.disabled}
      aria-keyshortcuts={props.keys}
      aria-pressed={props.pressed}
      title={props.keys}
      onClick={props.onClick}
    >
      {props.text} <kbd>{props.keys}</kbd>
    </button>
  );
}

function Presets({ stack }: { readonly stack: Stack }) {
  const window = stack.view.value?.window;
  const presets = stack.presets.value;
  const chosen = presets.findIndex((each) => each.centre === window?.centre && each.width === window?.width);
  return (
    <label>
      <span class="visually-hidden">{w('tool.preset')}</span>
      <select
        class="input tool__presets"
        value={String(chosen + 1)}
        disabled={presets.length === 0}
        onChange={(event) => stack.preset(Number(event.currentTarget.value))}
      >
        <option value="0" disabled>
          {w('tool.preset')}
        </option>
        {presets.map((each, index) => (
          <option key={each.name} value={String(index + 1)}>
            {index + 1} {each.name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function StackTools({ stack }: { readonly stack: Stack }) {
  const view = stack.view.value;
  const off = view === null;
  const { viewport } = stack;
  return (
    <div class="tools" role="toolbar" aria-label={w('tool.group')}>
      {TOOLS.map(([tool, key]) => (
        <Act
          key={tool}
          text={w(`tool.${tool}`)}
          keys={key}
          disabled={off}
          pressed={stack.tool.value === tool}
          onClick={() => {
            stack.tool.value = tool;
          }}
        />
      ))}
      <Presets stack={stack} />
      <Act
        text={w('tool.invert')}
        keys="I"
        disabled={off}
        pressed={view?.inverted === true}
        onClick={() => viewport?.toggleInvert()}
      />
      <Act text={w('tool.rotate')} keys="R" disabled={off} onClick={() => viewport?.rotate(90)} />
      <Act text={w('tool.flipH')} keys="H" disabled={off} onClick={() => viewport?.flip('horizontal')} />
      <Act text={w('tool.flipV')} keys="V" disabled={off} onClick={() => viewport?.flip('vertical')} />
      <Act text={w('tool.fit')} keys="F" disabled={off} onClick={() => viewport?.fit()} />
      <Act text={w('tool.actual')} keys="O" disabled={off} onClick={() => viewport?.actualSize()} />
      <Act text={w('tool.reset')} keys="0" disabled={off} onClick={() => viewport?.reset()} />
      <Act
        text={w('tool.clear')}
        keys="Delete"
        disabled={stack.lengths.value.length === 0}
        onClick={() => stack.clearLengths()}
      />
    </div>
  );
}
