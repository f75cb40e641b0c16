// What the journeys share: the browser, signing in, pictures of each step.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PATIENCE_MS = 60_000;
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** A step did not show what it should. */
export function check(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

class Journey {
  #browser;
  #step = 0;
  #pages = [];
  #faults = [];

  constructor(browser, settings) {
    this.#browser = browser;
    this.settings = settings;
    mkdirSync(settings.screenshots, { recursive: true });
  }

  get faults() {
    return this.#faults;
  }

  /** A window of its own, with its own session, at the sign-in page; signs in and waits for the face. */
  async signIn(login, face, { phone = false } = {}) {
    const context = await this.#browser.newContext({
      viewport: phone ? PHONE : WIDE,
      deviceScaleFactor: phone ? 2 : 1,
      hasTouch: phone,
      locale: 'en-GB',
      acceptDownloads: true,
      serviceWorkers: 'allow',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    this.#pages.push([login, page]);
    page.on('pageerror', (error) => this.#faults.push(`${login}: ${error.message}`));
    page.on('console', (message) => {
      // Refused requests are told below, with what was asked for.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.#faults.push(`${login}: console: ${message.text()}`);
    });
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const asksWho = pathname === '/api/session' && response.status() === 401;
      if (response.status() >= 400 && !asksWho)
        this.#faults.push(`${login}: ${response.status()} ${response.request().method()} ${pathname}`);
    });
    page.on('dialog', (dialog) => {
      this.#faults.push(`${login}: a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`${this.settings.web}/login`);
    await page.getByLabel('User name').fill(login);
    await page.getByLabel('Password', { exact: true }).fill(this.settings.password);
    if (this.#step === 0) await this.shot(page, 'sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`**${face}**`);
    return page;
  }

  async shot(page, name, options = {}) {
    this.#step += 1;
    const number = String(this.#step).padStart(2, '0');
    const { width } = page.viewportSize();
    const file = `${this.settings.journey}-${number}-${name}-${width}.png`;
    await page.screenshot({ path: join(this.settings.screenshots, file), ...options });
  }

  /** The same page as a phone shows it. */
  async phoneShot(page, name) {
    await page.setViewportSize(PHONE);
    await page.waitForTimeout(400);
    await this.shot(page, name, { fullPage: true });
    await page.setViewportSize(WIDE);
  }

  /** As axe judges the page that is shown; what it finds is a fault. */
  async accessible(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }),
    );
    for (const { id, nodes } of violations)
      this.#faults.push(`${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(', ')}`);
  }

  async failed() {
    for (const [login, page] of this.#pages) {
      await this.shot(page, `failed-${login}`).catch(() => undefined);
      console.error(`${login} stood at ${new URL(page.url()).pathname}`);
      console.error(
        await page
          .locator('body')
          .textContent()
          .catch(() => ''),
      );
    }
  }

  /** The X-ray machine: dcmtk's storescu. */
  storescu(file) {
    const { storescu, dicomPort, callingAe } = this.settings;
    execFileSync(
      storescu,
      ['-v', '-aet', callingAe, '-aec', 'HELIOGRAPH', '127.0.0.1', String(dicomPort), file],
      { stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE_MS },
    );
  }
}

/** Runs a journey with the settings that the test gives in HELIOGRAPH_JOURNEY. */
export async function travel(steps) {
  const settings = JSON.parse(process.env.HELIOGRAPH_JOURNEY ?? '{}');
  const browser = await chromium.launch({
    executablePath: settings.chromium,
    args: [
      '--headless',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const journey = new Journey(browser, settings);
  try {
    await steps(journey);
    check(journey.faults.length === 0, `no faults in the browser, but ${journey.faults.join('; ')}`);
    console.log(`${settings.journey}: arrived`);
  } catch (fault) {
    await journey.failed();
    console.error(`${settings.journey}: ${fault.stack}`);
    console.error(journey.faults.join('\n'));
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** How many different brightnesses the middle of an element shows: one or two if it is blank. */
export async function shades(page, locator) {
  const picture = (await locator.screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d');
    drawing.drawImage(image, 0, 0);
    const [w, h] = [image.width >> 1, image.height >> 1];
    const { data: pixels } = drawing.getImageData(w >> 1, h >> 1, w, h);
    const seen = new Set();
    for (let i = 0; i < pixels.length; i += 4) seen.add(pixels[i + 1]);
    return seen.size;
  }, picture);
}
