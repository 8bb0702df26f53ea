// Reads feeds by two libraries of npm, and writes what each found as JSON: node read.mjs FILE…
import { readFileSync } from "node:fs";
import Parser from "rss-parser";
import { parseFeed } from "feedsmith";

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf-8");
  found[file] = { feedsmith: parseFeed(text) };
  if (!file.endsWith(".json")) found[file]["rss-parser"] = await new Parser().parseString(text);
}
console.log(JSON.stringify(found));
