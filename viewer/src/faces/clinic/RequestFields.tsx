import { SelectField, TextArea } from '../../ui/Field';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { Choices } from '../shared/parts';
import { bodyPartsOf, hasSides } from './body-parts';
import type { RequestForm } from './drafts';
import { ReferrerField } from './ReferrerField';
import type { Errors } from './validate';
import { words } from './words';

interface Props {
  readonly request: RequestForm;
  readonly errors: Errors;
  readonly onChange: (patch: Partial<RequestForm>) => void;
}

const URGENCIES = ['EMERGENCY', 'URGENT', 'ROUTINE'] as const;

export function RequestFields({ request, errors, onChange }: Props) {
  const parts = bodyPartsOf(request.specialty);
  // A study may come with a term that is not in our short list: it stays choosable.
  const known =
    request.bodyPart === '' || parts.includes(request.bodyPart) ? parts : [request.bodyPart, ...parts];
  return (
    <>
      <SelectField
        label={words.t('bodyPart')}
        required
        error={errors.bodyPart}
        value={request.bodyPart}
        options={[
          ['', words.t('bodyPartChoose')],
          ...known.map((part): readonly [string, string] => [part, words.of('body', part)]),
        ]}
        onChange={(event) => {
          const bodyPart = event.currentTarget.value;
          onChange(hasSides(bodyPart) ? { bodyPart } : { bodyPart, laterality: '' });
        }}
      />
      {hasSides(request.bodyPart) && (
        <Choices
          legend={words.t('laterality')}
          row
          value={request.laterality}
          options={[
            { value: 'R', text: words.t('side.R') },
            { value: 'L', text: words.t('side.L') },
            { value: 'B', text: words.t('side.B') },
            { value: '', text: words.t('side.none') },
          ]}
          onChoose={(laterality) => onChange({ laterality })}
        />
      )}
      <TextArea
        label={words.t('question')}
        hint={words.t('questionHint')}
        error={errors.question}
        required
        rows={3}
        maxLength={2000}
        dir="auto"
        value={request.question}
        onInput={(event) => onChange({ question: event.currentTarget.value })}
      />
      <TextArea
        label={words.t('history')}
        hint={words.t('historyHint')}
        rows={4}
        maxLength={8000}
        dir="auto"
        value={request.history}
        onInput={(event) => onChange({ history: event.currentTarget.value })}
      />
      <Choices
        legend={words.t('urgency')}
        error={errors.urgency}
        value={request.urgency}
        options={URGENCIES.map((urgency) => ({
          value: urgency,
          text: <UrgencyBadge urgency={urgency} />,
          hint: words.t(`urgencyHint.${urgency}`),
        }))}
        onChoose={(urgency) => onChange({ urgency })}
      />
      <ReferrerField
        id={request.referrerId}
        name={request.referrerName}
        onChoose={(referrerId, referrerName) => onChange({ referrerId, referrerName })}
      />
    </>
  );
}
