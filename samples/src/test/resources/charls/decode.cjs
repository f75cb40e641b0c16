// node decode.cjs VIEWER FOLDER: decodes FOLDER/*.jls with the CharLS that the viewer loads, writes
// the samples to *.raw and "width height bits components" of each stream to standard output.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const [viewer, folder] = process.argv.slice(2);
const viewerRequire = createRequire(path.join(viewer, 'package.json'));
const load = viewerRequire('@cornerstonejs/codec-charls/decodewasmjs');

async function main() {
  const charls = await load({
    locateFile: () => viewerRequire.resolve('@cornerstonejs/codec-charls/decodewasm'),
    print: () => {},
  });
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.jls'));
  for (const file of files.sort()) {
    const encoded = fs.readFileSync(path.join(folder, file));
    const decoder = new charls.JpegLSDecoder();
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decoder.decode();
    const info = decoder.getFrameInfo();
    console.log(file, info.width, info.height, info.bitsPerSample, info.componentCount);
    fs.writeFileSync(path.join(folder, file.replace('.jls', '.raw')), decoder.getDecodedBuffer());
    decoder.delete();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
