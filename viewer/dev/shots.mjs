// Pictures of the reading room on the development server, wide and narrow, for looking at; not a test.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../target/shots');
mkdirSync(out, { recursive: true });

const server = spawn(process.execPath, [join(here, 'server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve) =>
  server.stdout.once('data', (line) => resolve(String(line).trim())),
);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-background-networking',
  ],
});

async function open(width, height) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (message) => {
    if (message.type() === 'error') console.log('console:', message.text().slice(0, 300));
  });
  page.on('pageerror', (error) => console.log('page error:', error.message));
  return page;
}

const axe = readFileSync(join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');

async function shot(page, name) {
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  for (const each of violations) {
    console.log(`${name}: ${each.impact} ${each.id}: ${each.help}`);
    for (const node of each.nodes.slice(0, 3))
      console.log(`   ${node.html.slice(0, 160)} | ${node.any[0]?.message}`);
  }
}

const shown = (page) => page.getByText(/2048 × 2500/).waitFor({ timeout: 30_000 });

try {
  const page = await open(1440, 900);
  await page.goto(address);
  await page.getByText('Okello').first().waitFor();
  await shot(page, 'wide-worklist');
  await page.keyboard.press('n');
  await shown(page);
  await page.waitForTimeout(800);
  await shot(page, 'wide-mismatch');
  await page.goto(`${address}/case/case-1`);
  await shown(page);
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Findings' }).waitFor();
  await page.keyboard.press('l');
  const box = await page.locator('[data-viewport]').boundingBox();
  await page.mouse.move(box.x + box.width * 0.38, box.y + box.height * 0.4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.5, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.press('e');
  await page.keyboard.type('/frac');
  await shot(page, 'wide-phrases');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Findings' }).fill('Transverse fracture of the distal radius.');
  await page.getByRole('textbox', { name: 'Impression' }).fill('Undisplaced fracture of the distal radius.');
  await page.getByText(/^Saved /).waitFor();
  await shot(page, 'wide-case');
  await page.keyboard.press('Control+p');
  await page.locator('iframe').waitFor();
  await page.waitForTimeout(1500);
  await shot(page, 'wide-preview');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Your password').fill('wrong');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByRole('alert').waitFor();
  await shot(page, 'wide-sign');
  await page.getByLabel('Your password').fill('secret');
  await page.keyboard.press('Enter');
  await page.getByText('Final, signed').waitFor();
  await shot(page, 'wide-signed');
  await page.keyboard.press('?');
  await shot(page, 'wide-keys');
  await page.goto(`${address}/case/case-4`);
  await page.getByText('1200 × 900').waitFor();
  await shot(page, 'wide-photo');

  // The case whose pictures come by a gateway: each asking brings more of them.
  const mark = (each) => each.getByText('Preview, not for final report');
  await page.goto(`${address}/case/case-6`);
  await mark(page).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Findings' }).waitFor();
  await shot(page, 'wide-preview-of-image');
  await page.keyboard.press('ArrowDown');
  await page.getByText('has not arrived yet').waitFor();
  await shot(page, 'wide-awaited');

  const phone = await open(390, 844);
  await phone.goto(`${address}/case/case-6`);
  await mark(phone).waitFor();
  await phone.waitForTimeout(500);
  await shot(phone, 'phone-preview-of-image');
  await phone.screenshot({ path: join(out, 'phone-preview-full.png'), fullPage: true });
  await phone.goto(address);
  await phone.getByText('Minh Anh').first().waitFor();
  await shot(phone, 'phone-worklist');
  await phone.goto(`${address}/case/case-3`);
  await shown(phone);
  await phone.waitForTimeout(500);
  await shot(phone, 'phone-case');
  await phone.screenshot({ path: join(out, 'phone-case-full.png'), fullPage: true });
  await phone.goto(`${address}/case/case-4`);
  await phone.getByText('1200 × 900').waitFor();
  await shot(phone, 'phone-photo');
} finally {
  await browser.close();
  server.kill();
}
