// Runs the editor's own reading and writing of files for the tests: requests as JSON on standard input, answers on standard output.
import { readFileSync } from "node:fs";

const { BARE, read, write } = await import(process.argv[2]);
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ file, data, change, order, bare }) => {
  if (bare) return BARE;
  if (file === undefined) return write(data, order);
  const shown = read(file);
  if (change === undefined) return write(shown);
  const { body, ...fields } = change;
  return write({ ...shown, ...fields, ...(body === undefined ? {} : { body }) });
});
process.stdout.write(JSON.stringify(answers));
