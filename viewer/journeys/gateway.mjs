// A site's PC becomes its gateway; a case is read from its previews, and signed when the pictures are whole.
import { check, shades, travel } from './browser.mjs';
import { Site } from './site.mjs';

await travel(async (journey) => {
  const { web, patient, password, siteCode, manifest, parts } = journey.settings;
  const [previews, first, second] = parts;
  const site = new Site(web);

  const desk = await journey.signIn('coordinator', '/desk');
  await desk.getByRole('link', { name: 'Gateways', exact: true }).click();
  await desk.getByText('No site has a gateway yet').waitFor();
  await desk.getByRole('button', { name: 'Add a gateway' }).click();
  await desk.getByLabel('Code of the site').fill(siteCode);
  await desk.getByRole('button', { name: 'Make the code' }).click();
  const code = await desk.getByLabel('Or give the code alone').first().inputValue();
  await journey.shot(desk, 'desk-code');
  await site.enrol(code, 'kibera-pc');
  await desk.getByRole('button', { name: 'Done' }).click();
  await desk.getByRole('article', { name: 'kibera-pc' }).waitFor();

  await site.declare(manifest);
  await site.send(manifest.parcel, previews);
  const reader = await journey.signIn('radiologist', '/read');
  const row = reader.locator('[data-case]').filter({ hasText: patient.familyName });
  await row.filter({ hasText: /arriving \d+%.*previews only/ }).waitFor();
  await row.click();
  await reader.getByText('Preview, not for final report').waitFor();
  await reader.getByRole('button', { name: /^Claim/ }).waitFor();
  await reader.keyboard.press('c');
  const viewport = reader.locator('[data-viewport]');
  await reader.getByText(/^preview \d+ × \d+, image 2000 × 2500$/).waitFor();
  check((await shades(reader, viewport)) > 32, 'the preview shows');
  const sign = reader.getByRole('button', { name: 'Sign', exact: true });
  await reader
    .getByRole('textbox', { name: 'Findings' })
    .fill('Transverse fracture of the distal radius, as far as the preview shows.');
  await reader.getByRole('textbox', { name: 'Impression' }).fill('Fracture of the distal radius.');
  await reader.getByText(/^Saved /).waitFor();
  check(await sign.isDisabled(), 'a final signature waits');
  await reader.getByText('0 of 2 are whole').waitFor();
  await journey.shot(reader, 'read-preview');
  await journey.accessible(reader);
  await journey.phoneShot(reader, 'read-preview');

  const id = new URL(reader.url()).pathname.split('/').at(-1);
  const { request } = reader.context();
  const { version } = await (await request.get(`${web}/api/cases/${id}/report`)).json();
  const token = (await reader.context().cookies()).find((each) => each.name === 'XSRF-TOKEN').value;
  const answer = await request.post(`${web}/api/cases/${id}/report/sign`, {
    headers: { 'X-XSRF-TOKEN': token },
    data: { version, password },
  });
  check(answer.status() === 409, `the hub refuses a final signature: ${answer.status()}`);
  check((await answer.json()).code === 'TR-0204', 'and says why');
  await reader.getByRole('button', { name: 'Release preliminary' }).click();
  await reader.getByText('Preliminary', { exact: true }).waitFor();

  const half = Math.floor(first.length / 2);
  await site.send(manifest.parcel, first, 0, half);
  const clinic = await journey.signIn('nurse-a', '/clinic', { phone: true });
  await clinic.getByRole('link', { name: new RegExp(patient.familyName) }).click();
  await clinic.getByText(/^Sending \d+%/).waitFor();
  await clinic.getByText('The reader can already look at 2 small previews.').waitFor();
  await journey.shot(clinic, 'clinic-sending', { fullPage: true });
  await journey.accessible(clinic);
  await site.tell(journey.settings.status);
  await desk.reload();
  const card = desk.getByRole('article', { name: 'kibera-pc' });
  await card.getByText(/\d+% \(/).waitFor();
  await card.getByText(/^\d{4}-\d{6}$/).waitFor();
  await card.getByText(/1 \(.* MB\), the oldest/).waitFor();
  await journey.shot(desk, 'desk-gateways', { fullPage: true });
  await journey.accessible(desk);
  await journey.phoneShot(desk, 'desk-gateways');

  await site.send(manifest.parcel, first, half);
  await reader.getByText(/2000 × 2500, \d+ bit/).waitFor();
  await reader.waitForTimeout(500);
  check((await shades(reader, viewport.locator('canvas'))) > 32, 'the image shows in its place');
  await reader.getByText('1 whole · 1 as preview').waitFor();
  await journey.shot(reader, 'read-one-whole');

  await site.send(manifest.parcel, second);
  await reader.getByText('Pictures are still on their way').waitFor({ state: 'detached' });
  check((await reader.locator('.preview-mark').count()) === 0, 'no preview any more');
  await sign.click();
  await reader.getByLabel('Your password').fill(password);
  await reader.getByRole('button', { name: 'Sign and send' }).click();
  await reader.getByText('Final, signed').first().waitFor();
  await journey.shot(reader, 'read-signed');
  await clinic.getByText('Report ready').first().waitFor();
  await journey.shot(clinic, 'clinic-report', { fullPage: true });
});
