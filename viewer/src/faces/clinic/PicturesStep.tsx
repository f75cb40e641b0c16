import { TextField } from '../../ui/Field';
import { Choices } from '../shared/parts';
import { proposeAccessionNumber } from './accession';
import type { RequestForm } from './drafts';
import { PhotoSet } from './PhotoSet';
import type { Clinic, LocalCase } from './state';
import type { Errors } from './validate';
import { words } from './words';

interface Props {
  readonly clinic: Clinic;
  readonly local: LocalCase;
  readonly errors: Errors;
  readonly onChange: (patch: Partial<RequestForm>) => void;
}

export function PicturesStep({ clinic, local, errors, onChange }: Props) {
  const { request } = local.draft;
  const expect = (expectXray: boolean) =>
    onChange({
      expectXray,
      accessionNumber:
        expectXray && request.accessionNumber === '' ? proposeAccessionNumber() : request.accessionNumber,
    });
  return (
    <>
      <Choices
        legend={words.t('specialty')}
        value={request.specialty}
        options={(['DERMATOLOGY', 'RADIOLOGY'] as const).map((specialty) => ({
          value: specialty,
          text: <span class="strong">{words.t(`specialty.${specialty}`)}</span>,
          hint: words.t(`specialty.${specialty}.hint`),
        }))}
        onChoose={(specialty) => {
          if (specialty === request.specialty) return;
          const expectXray = specialty === 'RADIOLOGY' && local.photos.length === 0;
          onChange({
            specialty,
            bodyPart: '',
            laterality: '',
            expectXray,
            accessionNumber: expectXray ? request.accessionNumber || proposeAccessionNumber() : '',
          });
        }}
      />
      {request.specialty === 'RADIOLOGY' && (
        <Choices
          legend={words.t('source')}
          value={request.expectXray ? 'machine' : 'photos'}
          options={[
            { value: 'machine', text: words.t('source.machine') },
            { value: 'photos', text: words.t('source.photos') },
          ]}
          onChoose={(source) => expect(source === 'machine')}
        />
      )}
      {request.expectXray ? (
        <TextField
          label={words.t('accession')}
          hint={words.t('accessionHint')}
          error={errors.accessionNumber}
          required
          value={request.accessionNumber}
          maxLength={16}
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onChange({ accessionNumber: event.currentTarget.value.toUpperCase() })}
        />
      ) : (
        <PhotoSet
          clinic={clinic}
          draftId={local.draft.id}
          photos={local.photos}
          views={request.specialty === 'DERMATOLOGY' ? 'guided' : 'free'}
          error={errors.photos}
        />
      )}
    </>
  );
}
