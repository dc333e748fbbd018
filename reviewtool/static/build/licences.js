/* Prints name, version and licence text of every package that goes into vendor/editor.js. */
import { readFileSync, readdirSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.entries(lock.packages).filter(
  ([path, entry]) => path && !entry.dev && !entry.optional && !path.includes("@fontsource"),
);
for (const [path, entry] of bundled) {
  const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  console.log(`${path.replace("node_modules/", "")} ${entry.version} (${entry.license})\n`);
  console.log(file ? readFileSync(`${path}/${file}`, "utf8").trim() : "");
  console.log(`\n${"-".repeat(72)}\n`);
}
