// Fails the build when a face loads more gzipped JavaScript at first than its budget allows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = { read: 100, clinic: 60, inbox: 40, login: 40, setup: 40, desk: 120 };
const out = join(dirname(fileURLToPath(import.meta.url)), '../target/classes/META-INF/resources');

function scriptsOf(page) {
  const html = readFileSync(page, 'utf8');
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]);
}

/** The scripts of a page and all that they import statically: what a browser fetches before the first frame. */
function firstLoad(page) {
  const seen = new Set();
  const open = scriptsOf(page);
  while (open.length > 0) {
    const script = open.pop();
    if (seen.has(script)) continue;
    seen.add(script);
    const code = readFileSync(join(out, script), 'utf8');
    for (const match of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      open.push(`/assets/${match[1]}`);
    }
  }
  return seen;
}

let broken = false;
for (const face of readdirSync(out)) {
  const page = join(out, face, 'index.html');
  if (!existsSync(page)) continue;
  let bytes = 0;
  for (const script of firstLoad(page)) bytes += gzipSync(readFileSync(join(out, script))).length;
  const budget = BUDGET_KB[face];
  const over = budget === undefined || bytes > budget * 1000;
  broken ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} /${face}: ${(bytes / 1000).toFixed(1)} of ${budget ?? 0} kB gzip`);
}
if (broken) {
  console.error('A face is over its budget for the first load.');
  process.exit(1);
}
