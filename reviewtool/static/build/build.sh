#!/bin/sh
# Builds static/vendor/editor.js from the sources in editor/ and the pinned packages of
# package-lock.json, lists their licences, and copies the fonts. Needs node and npm; run it only
# after changing a source or a version. What it writes is committed.
set -eu
cd "$(dirname "$0")"
npm ci --no-fund --no-audit --ignore-scripts
node_modules/.bin/esbuild editor/editor.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=none --outfile=../vendor/editor.js
node licences.js > ../vendor/LICENCES.txt
for set in latin latin-ext; do
  for style in normal italic; do
    for face in source-serif-4 source-sans-3; do
      cp "node_modules/@fontsource-variable/$face/files/$face-$set-wght-$style.woff2" ../fonts/
    done
  done
done
for face in source-serif-4 source-sans-3; do
  cp "node_modules/@fontsource-variable/$face/LICENSE" "../fonts/LICENSE-$face.txt"
done
