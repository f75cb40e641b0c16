import { dateText } from '../../../i18n/dates';
import { t } from '../../../i18n/messages';
import type { HeaderPatient, ImageHeader } from '../../../imaging/header';
import { nameText } from '../../../imaging/header';
import type { Case, Sex } from '../../../wire/types';
import { w } from '../words';

function fromRequest(data: Case): HeaderPatient {
  const { familyName, givenName, id, issuer, birthDate, sex } = data.patientDetails;
  return {
    name: nameText(`${familyName}^${givenName}`),
    id,
    issuer: issuer ?? '',
    birthDate: birthDate ?? '',
    sex,
  };
}

const sexText = (sex: string) =>
  (['M', 'F', 'O', ''] as readonly string[]).includes(sex) ? t(`sex.${sex as Sex}`) : sex;

/** Who is on the screen, told by the image itself as soon as there is one. */
export function PatientBanner(props: { readonly data: Case; readonly header: ImageHeader | null }) {
  const { data, header } = props;
  const patient = header?.patient ?? fromRequest(data);
  const label = header === null ? w('banner.request') : w('banner.label');
  return (
    <section class="banner" aria-label={label}>
      <h2 class="banner__name">
        <bdi>{patient.name || w('banner.noName')}</bdi>
      </h2>
      <span>{w('banner.born', { date: dateText(patient.birthDate) })}</span>
      <span>{sexText(patient.sex)}</span>
      {(data.patient.ageText ?? '') !== '' && <span>{data.patient.ageText}</span>}
      <span>
        <bdi>{w('banner.id', { id: patient.id || t('unknown') })}</bdi>,{' '}
        <bdi>
          {patient.issuer === '' ? w('banner.noIssuer') : w('banner.issuer', { issuer: patient.issuer })}
        </bdi>
      </span>
      <span class="banner__source">{label}</span>
      <span class="banner__number">{data.number}</span>
    </section>
  );
}
