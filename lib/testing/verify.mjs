// What can be asked without a database and a browser. Unit tests run one after the other in one process, so what looks at the sources
// goes on beside them. What failed is shown at the end.
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "../..");
const environment = {
  ...process.env,
  PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
  VERIFY: "1",
  NO_COLOR: "1",
};

/** Of what failed, so much of the end is shown. */
const LINES = 200;

function run([command, ...args]) {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(command, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (part) => {
        said += part;
      });
    }
    child.once("error", (error) => resolve({ ok: false, said: error.message }));
    child.once("close", (code) => {
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      process.stdout.write(
        `${code === 0 ? "ok    " : "FAILED"} ${seconds.padStart(5)} s  ${[command, ...args].join(" ")}\n`,
      );
      resolve({ ok: code === 0, said });
    });
  });
}

async function oneAfterTheOther(commands) {
  const results = [];
  for (const command of commands) results.push(await run(command));
  return results;
}

const client = await run(["prisma", "generate"]);
const [tests, sources] = await Promise.all([
  run(["vitest", "run", "--project", "unit*", "--silent"]),
  oneAfterTheOther([
    ["node", "prisma/fix-lock.mjs", "--check"],
    ["biome", "check", "."],
    ["tsc", "--noEmit"],
    ["knip"],
    ["node", "lib/testing/scan.mjs", "secrets"],
  ]),
]);
const failed = [client, tests, ...sources].filter(({ ok }) => !ok);
for (const { said } of failed)
  process.stdout.write(
    `\n${said
      .split("\n")
      .filter((line) => !line.includes("✓"))
      .slice(-LINES)
      .join("\n")}`,
  );
process.exitCode = failed.length > 0 ? 1 : 0;
