// A clinic asks, the X-ray machine sends, the radiologist reads and signs, the referrer acknowledges.
import { readFileSync } from 'node:fs';
import { check, shades, travel } from './browser.mjs';

await travel(async (journey) => {
  const { patient, accessionNumber, xray, password } = journey.settings;

  const clinic = await journey.signIn('nurse-a', '/clinic', { phone: true });
  await journey.shot(clinic, 'clinic-cases');
  await clinic.getByRole('button', { name: 'New case' }).click();
  await clinic.getByLabel('Family name').fill(patient.familyName);
  await clinic.getByLabel('Given name').fill(patient.givenName);
  await clinic.getByLabel('Patient number').fill(patient.id);
  await clinic.getByLabel('Birth date').fill(patient.birthDate);
  await clinic.getByLabel(patient.sex === 'F' ? 'Female' : 'Male', { exact: true }).check();
  await journey.shot(clinic, 'clinic-patient', { fullPage: true });
  await clinic.getByRole('button', { name: 'Next' }).click();
  await clinic.getByRole('radio', { name: /^X-ray/ }).check();
  await clinic.getByLabel('Accession number').fill(accessionNumber);
  await journey.shot(clinic, 'clinic-pictures', { fullPage: true });
  await clinic.getByRole('button', { name: 'Next' }).click();
  await clinic.getByLabel('Body part').selectOption('FOREARM');
  await clinic.getByRole('radio', { name: 'Left' }).check();
  await clinic.getByLabel('Your question to the specialist').fill('Fracture of the distal radius?');
  await clinic.getByLabel('History').fill('Fell on the outstretched hand. Swelling above the wrist.');
  await clinic.getByRole('radio', { name: /^Emergency/i }).check();
  await clinic.getByLabel(/^Referring physician/).fill('Kamau');
  await clinic.getByRole('button', { name: /Kamau/ }).click();
  await journey.shot(clinic, 'clinic-question', { fullPage: true });
  await clinic.getByRole('button', { name: 'Send case' }).click();
  const card = clinic.getByRole('link', { name: new RegExp(patient.familyName) });
  await card.filter({ hasText: 'Waiting for the pictures' }).click();
  await clinic.getByText(accessionNumber, { exact: true }).first().waitFor();
  await journey.shot(clinic, 'clinic-waits-for-xray', { fullPage: true });

  journey.storescu(xray);
  await clinic.getByText('At the hospital, waiting for a reader').first().waitFor();
  await journey.shot(clinic, 'clinic-xray-arrived', { fullPage: true });

  const reader = await journey.signIn('radiologist', '/read');
  await reader.getByText(patient.familyName).first().waitFor();
  await journey.shot(reader, 'read-worklist');
  await reader.keyboard.press('n');
  const viewport = reader.locator('[data-viewport]');
  await reader.getByText('2000 × 2500').waitFor();
  await reader.waitForTimeout(500);
  check((await shades(reader, viewport.locator('canvas'))) > 32, 'the X-ray shows');
  await journey.shot(reader, 'read-case');

  const window = reader.locator('.corner--se');
  const before = await window.textContent();
  const box = await viewport.boundingBox();
  const drag = async (from, to) => {
    await reader.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1]);
    await reader.mouse.down();
    await reader.mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 8 });
    await reader.mouse.up();
  };
  await reader.keyboard.press('w');
  await drag([0.4, 0.4], [0.55, 0.3]);
  check((await window.textContent()) !== before, 'the window has changed');
  await journey.shot(reader, 'read-window');
  await reader.keyboard.press('l');
  await drag([0.42, 0.62], [0.58, 0.66]);
  await viewport.locator('text').filter({ hasText: / mm/ }).first().waitFor();
  await journey.shot(reader, 'read-length');

  await reader.getByRole('textbox', { name: 'Technique' }).fill('Left forearm, AP.');
  await reader
    .getByRole('textbox', { name: 'Findings' })
    .fill('Transverse fracture of the distal radius, about 2 mm dorsal displacement. Ulna intact.');
  await reader.getByRole('textbox', { name: 'Impression' }).fill('Displaced fracture of the distal radius.');
  await reader
    .getByRole('textbox', { name: 'Recommendation' })
    .fill('Reduction and cast; film after one week.');
  await reader.getByText(/^Saved /).waitFor();
  await journey.shot(reader, 'read-report');
  await reader.getByRole('button', { name: 'Preview PDF' }).click();
  await reader.locator('iframe.pdf').waitFor();
  await reader.waitForTimeout(1500);
  await journey.shot(reader, 'read-preview');
  await reader.getByRole('button', { name: 'Close' }).click();
  await reader.getByRole('button', { name: 'Sign', exact: true }).click();
  await reader.getByLabel('Your password').fill(password);
  await journey.shot(reader, 'read-sign');
  await reader.getByRole('button', { name: 'Sign and send' }).click();
  await reader.getByText('Final, signed').first().waitFor();
  await journey.shot(reader, 'read-signed');

  const referrer = await journey.signIn('referrer', '/inbox');
  await referrer.getByRole('link', { name: new RegExp(patient.familyName) }).click();
  await referrer.getByText('Displaced fracture of the distal radius.').first().waitFor();
  await journey.shot(referrer, 'inbox-letter', { fullPage: true });
  await journey.phoneShot(referrer, 'inbox-letter');
  const [download] = await Promise.all([
    referrer.waitForEvent('download'),
    referrer.getByRole('link', { name: 'Save PDF' }).click(),
  ]);
  await download.saveAs(journey.settings.pdf);
  check(readFileSync(journey.settings.pdf).subarray(0, 5).toString() === '%PDF-', 'the download is a PDF');
  await referrer.getByLabel('Comment').fill('Thank you. Reduced this morning.');
  await referrer.getByRole('button', { name: 'Acknowledge this report' }).click();
  await referrer.getByText(/^You acknowledged this report/).waitFor();
  await journey.shot(referrer, 'inbox-acknowledged', { fullPage: true });

  await clinic.getByText('Report received and acknowledged').first().waitFor();
  await journey.shot(clinic, 'clinic-acknowledged', { fullPage: true });
});
