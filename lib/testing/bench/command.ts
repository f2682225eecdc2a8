import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { figure, quantile, section } from "./figures";

const PROGRAM = path.join(process.cwd(), "dist/signalbox.mjs");
const STARTS = 9;
const REQUESTS = 20_000;
const MATCHERS = { op: "matchers", dialect: "utf8", input: '{team="payments",severity=~"critical|warning"}' };
const YAML = `route:
  receiver: default
  routes:
    - receiver: default
      matchers: [a=b]
receivers:
  - name: default
`;

/** How soon the command answers, and how many small requests it answers in a second. */
export async function benchCommand(): Promise<void> {
  section("The command (medians)");
  const first: number[] = [];
  for (let start = 0; start < STARTS; start++) first.push((await batch([{ id: 0, ...MATCHERS }])).firstMs);
  const firstMs = quantile(first, 0.5);
  const what = "batch: start to first answer";
  const bare = wholeProcess(process.execPath, ["-e", "0"]);
  figure({ what, value: firstMs, unit: "ms", goal: 300, peer: { name: "node -e 0", value: bare } });
  if (!spawnSync("amtool", ["--version"]).error) {
    const peer = { name: "amtool --version", value: wholeProcess("amtool", ["--version"]) };
    figure({ what, value: firstMs, unit: "ms", peer });
  }
  const requests = { matchers: MATCHERS, config: { op: "config", yaml: YAML }, render: { op: "render", yaml: YAML } };
  for (const [name, request] of Object.entries(requests)) {
    const { seconds } = await batch(Array.from({ length: REQUESTS }, (_, id) => ({ id, ...request })));
    figure({ what: `batch: one ${name}`, value: (seconds * 1e6) / REQUESTS, unit: "µs" });
  }
}

async function batch(lines: readonly object[]): Promise<{ firstMs: number; seconds: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, "batch"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  let firstMs = 0;
  let answered = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    firstMs ||= performance.now() - began;
    if (!JSON.parse(line).ok) throw new Error(`batch refused: ${line}`);
    answered += 1;
  }
  await ended;
  if (answered !== lines.length) throw new Error(`${answered} answers to ${lines.length} requests`);
  return { firstMs, seconds: (performance.now() - began) / 1000 };
}

function wholeProcess(command: string, args: string[]): number {
  return quantile(
    Array.from({ length: STARTS }, () => {
      const began = performance.now();
      spawnSync(command, args, { stdio: "ignore" });
      return performance.now() - began;
    }),
    0.5,
  );
}
