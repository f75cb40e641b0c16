// A clinic photographs a spot, the dermatologist reads and signs, the clinic reads the report.
import { check, shades, travel } from './browser.mjs';

await travel(async (journey) => {
  const { patient, photos, password } = journey.settings;

  const clinic = await journey.signIn('nurse-b', '/clinic', { phone: true });
  await clinic.getByRole('button', { name: 'New case' }).click();
  await clinic.getByLabel('Family name').fill(patient.familyName);
  await clinic.getByLabel('Given name').fill(patient.givenName);
  await clinic.getByLabel('Patient number').fill(patient.id);
  await clinic.getByLabel('Birth date').fill(patient.birthDate);
  await clinic.getByLabel(patient.sex === 'F' ? 'Female' : 'Male', { exact: true }).check();
  await clinic.getByRole('button', { name: 'Next' }).click();
  await clinic.getByRole('radio', { name: /^Skin/ }).check();
  const choose = (view) => clinic.locator(`input[type=file][aria-label="Choose file: ${view}"]`);
  await choose('Overview').setInputFiles(photos[0]);
  await clinic.getByAltText('Picture: Overview').waitFor();
  await choose('Close-up, straight').setInputFiles(photos[1]);
  await clinic.getByAltText('Picture: Close-up, straight').waitFor();
  await journey.shot(clinic, 'clinic-photos', { fullPage: true });
  await clinic.getByRole('button', { name: 'Next' }).click();
  await clinic.getByLabel('Body part').selectOption('ARM');
  await clinic.getByRole('radio', { name: 'Left' }).check();
  await clinic.getByLabel('Your question to the specialist').fill('Is this mole suspicious?');
  await clinic.getByLabel('History').fill('Growing for half a year, bled once.');
  await clinic.getByRole('radio', { name: /^Urgent/i }).check();
  await journey.shot(clinic, 'clinic-question', { fullPage: true });
  await clinic.getByRole('button', { name: 'Send case' }).click();
  const card = clinic.getByRole('link', { name: new RegExp(patient.familyName) });
  await card.filter({ hasText: 'At the hospital, waiting for a reader' }).click();
  await clinic.getByText('What you asked').waitFor();
  await journey.shot(clinic, 'clinic-sent', { fullPage: true });

  const reader = await journey.signIn('dermatologist', '/read');
  await reader.getByText(patient.familyName).first().waitFor();
  await reader.keyboard.press('n');
  await reader.getByText('2000 × 1500').first().waitFor();
  await reader.waitForTimeout(800);
  check((await shades(reader, reader.locator('[data-viewport]'))) > 32, 'the photo shows');
  await journey.shot(reader, 'read-overview');
  await reader.keyboard.press('ArrowDown');
  await reader.waitForTimeout(1200);
  await journey.shot(reader, 'read-close-up');
  await reader.getByRole('textbox', { name: 'Findings' }).fill('Asymmetric, three colours, notched border.');
  await reader
    .getByRole('textbox', { name: 'Impression' })
    .fill('Suspicious for melanoma. Excision with a margin of 2 mm.');
  await reader.getByText(/^Saved /).waitFor();
  await reader.getByRole('button', { name: 'Sign', exact: true }).click();
  await reader.getByLabel('Your password').fill(password);
  await journey.shot(reader, 'read-sign');
  await reader.getByRole('button', { name: 'Sign and send' }).click();
  await reader.getByText('Final, signed').first().waitFor();
  await journey.shot(reader, 'read-signed');

  await clinic.getByText('Report ready').first().waitFor();
  await clinic.getByText('Suspicious for melanoma.').first().waitFor();
  await journey.shot(clinic, 'clinic-report', { fullPage: true });
});
