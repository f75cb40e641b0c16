// OHIF's static build (npm @ohif/app), served from an origin of its own, opens a study from the hub's
// DICOMweb with a token: CORS, metadata and frames as an unmodified viewer of others asks for them.
// Opt-in, as the package has 50 MB (213 MB unpacked): HELIOGRAPH_OHIF names its folder "dist".
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { shades } from './browser.mjs';

const settings = JSON.parse(process.env.HELIOGRAPH_JOURNEY);
const { ohif, origin, web, token, study, screenshot } = settings;
const PATIENCE_MS = 60_000;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

const root = `${web}/dicomweb`;
const config = {
  routerBasename: '/',
  showStudyList: true,
  extensions: [],
  modes: [],
  defaultDataSourceName: 'heliograph',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'heliograph',
      configuration: {
        friendlyName: 'Heliograph',
        name: 'heliograph',
        qidoRoot: root,
        wadoRoot: root,
        wadoUriRoot: `${root}/wado`,
        qidoSupportsIncludeField: true,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        supportsFuzzyMatching: true,
        supportsWildcard: true,
        omitQuotationForMultipartRequest: true,
      },
    },
  ],
};

/** A file of the package; every other path is the application itself. */
function fulfil(route) {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/app-config.js')
    return route.fulfill({
      contentType: 'text/javascript',
      body: `window.config = ${JSON.stringify(config)};`,
    });
  const file = join(ohif, normalize(pathname));
  const found = existsSync(file) && statSync(file).isFile() ? file : join(ohif, 'index.html');
  const contentType = TYPES[extname(found)] ?? 'application/octet-stream';
  return route.fulfill({ contentType, body: readFileSync(found) });
}

const browser = await chromium.launch({
  executablePath: settings.chromium,
  args: [
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
  ],
});
const answers = [];
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  page.on('response', (response) => {
    const url = response.url();
    if (url.startsWith(root)) answers.push(`${response.status()} ${new URL(url).pathname}`);
  });
  await context.route(`${origin}/**`, fulfil);
  await context.setExtraHTTPHeaders({ Authorization: `Bearer ${token}` });
  await page.goto(`${origin}/viewer?StudyInstanceUIDs=${study}`, { timeout: PATIENCE_MS });
  const canvas = page.locator('canvas.cornerstone-canvas').first();
  await canvas.waitFor({ timeout: PATIENCE_MS });
  const end = Date.now() + PATIENCE_MS;
  while ((await shades(page, canvas)) < 20) {
    if (Date.now() > end) throw new Error('not so: the picture is drawn in time');
    await page.waitForTimeout(500);
  }
  if (!answers.some((answer) => /^200 .*\/frames\//.test(answer)))
    throw new Error('not so: frames by WADO-RS');
  await page.screenshot({ path: screenshot });
  console.log('ohif: arrived');
} catch (fault) {
  const [page] = browser.contexts()[0]?.pages() ?? [];
  await page?.screenshot({ path: screenshot });
  console.error(`${fault.stack}\n${answers.join('\n')}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
