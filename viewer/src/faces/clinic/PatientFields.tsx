import { TextField } from '../../ui/Field';
import { Choices } from '../shared/parts';
import type { PatientForm } from './drafts';
import type { Errors } from './validate';
import { words } from './words';

interface Props {
  readonly patient: PatientForm;
  readonly errors: Errors;
  readonly onChange: (patch: Partial<PatientForm>) => void;
}

export function PatientFields({ patient, errors, onChange }: Props) {
  return (
    <>
      <TextField
        label={words.t('familyName')}
        hint={words.t('nameHint')}
        error={errors.familyName}
        value={patient.familyName}
        maxLength={64}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onChange({ familyName: event.currentTarget.value })}
      />
      <TextField
        label={words.t('givenName')}
        error={errors.givenName}
        value={patient.givenName}
        maxLength={64}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onChange({ givenName: event.currentTarget.value })}
      />
      <TextField
        label={words.t('id')}
        hint={words.t('idHint')}
        error={errors.id}
        value={patient.id}
        maxLength={64}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onChange({ id: event.currentTarget.value })}
      />
      <TextField
        label={words.t('birthDate')}
        hint={words.t('birthDateHint')}
        error={errors.birthDate}
        type="date"
        min="1890-01-01"
        value={patient.birthDate}
        onInput={(event) => onChange({ birthDate: event.currentTarget.value })}
      />
      <Choices
        legend={words.t('sex')}
        row
        value={patient.sex}
        options={[
          { value: 'F', text: words.t('sexChoice.F') },
          { value: 'M', text: words.t('sexChoice.M') },
          { value: 'O', text: words.t('sexChoice.O') },
          { value: '', text: words.t('sexChoice.none') },
        ]}
        onChoose={(sex) => onChange({ sex })}
      />
    </>
  );
}
