import { useId, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ProblemNote } from '../../ui/ProblemNote';
import { type EnrolmentCode, newGatewayCode } from '../../wire/gateways';
import { timeText } from '../shared/format';

interface Props {
  /** Codes and names of the sites that are known here; others can be typed. */
  readonly sites: readonly (readonly [code: string, name: string])[];
  readonly onClose: () => void;
}

/** Makes a one-time code for a site's PC and says what to type there. The hub tells the code only now. */
export function AddGateway({ sites, onClose }: Props) {
  const id = useId();
  const [site, setSite] = useState('');
  const [made, setMade] = useState<EnrolmentCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const make = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setMade(await newGatewayCode(site.trim(), { signal: new AbortController().signal }));
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title="Add a gateway" onClose={onClose}>
      {made !== null && <Made made={made} onClose={onClose} />}
      {made === null && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (site.trim() !== '') void make();
          }}
        >
          <div class="field">
            <label class="field__label" for={id}>
              Code of the site
            </label>
            <input
              id={id}
              class="input"
              list={`${id}-sites`}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={64}
              required
              aria-describedby={`${id}-hint`}
              value={site}
              onInput={(event) => setSite(event.currentTarget.value)}
            />
            <datalist id={`${id}-sites`}>
              {sites.map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </datalist>
            <p class="field__hint" id={`${id}-hint`}>
              As <code class="inline">./heliograph admin site list</code> shows it.
            </p>
          </div>
          {failure !== null && <ProblemNote failure={failure} />}
          <div class="dialog__actions">
            <Button kind="primary" type="submit" disabled={busy || site.trim() === ''}>
              Make the code
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Made({ made, onClose }: { readonly made: EnrolmentCode; readonly onClose: () => void }) {
  const command = `./heliograph gateway enrol ${made.code}`;
  return (
    <div class="stack">
      <p class="strong" role="status">
        The code for {made.site} is shown only now. It works once, until {timeText(made.expiresAt)}.
      </p>
      <Copied label="On the PC at the site, type" text={command} />
      <Copied label="Or give the code alone, if the PC asks for it" text={made.code} />
      <div class="dialog__actions">
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}

/** A text to carry elsewhere: copied by a button, or by hand where the browser does not let a page do it. */
function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  const id = useId();
  const [said, setSaid] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      // Only pages over https may write to the clipboard.
      field.current?.focus();
      field.current?.select();
      setSaid('Selected: press Ctrl+C to copy.');
    }
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <textarea id={id} ref={field} class="input code" rows={4} readOnly value={text} />
      <div class="row">
        <Button aria-label={`Copy: ${label}`} onClick={() => void copy()}>
          Copy
        </Button>
        <span class="soft" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
