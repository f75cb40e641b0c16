// Markup in names and texts is shown as it was typed, on every face, and never acted on.
import { check, travel } from './browser.mjs';

await travel(async (journey) => {
  const { name, text } = journey.settings;
  // An alert would be a fault of the journey by itself.
  const unhurt = async (page) => {
    check((await page.locator('img[src="x"]').count()) === 0, 'no element was made of the text');
  };

  const clinic = await journey.signIn('nurse-a', '/clinic');
  await clinic.getByRole('link', { name }).click();
  await clinic.getByText(text).first().waitFor();
  await unhurt(clinic);
  await journey.shot(clinic, 'clinic');

  const reader = await journey.signIn('radiologist', '/read');
  await reader.getByText(name).first().waitFor();
  await reader.keyboard.press('n');
  await reader.getByText(text).first().waitFor();
  await reader.getByText('128 × 128').waitFor();
  await unhurt(reader);
  await journey.shot(reader, 'read');
});
