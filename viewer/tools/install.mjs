// Runs `npm ci` only when the lock file differs from what is installed: a second build costs nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const stamp = 'node_modules/.installed-lock';
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  process.exit(0);
}
const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit' });
if (run.status !== 0) {
  console.error('npm ci failed: the viewer needs Node >= 20.19 and the npm registry once.');
  process.exit(run.status ?? 1);
}
mkdirSync('node_modules', { recursive: true });
writeFileSync(stamp, wanted);
