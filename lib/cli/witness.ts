import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { formatVerifierKey } from "@/lib/audit/proofs/contract";
import { readSigners, StateFile, serveWitness, type Watched, type Witness, watchFiles, watchLog } from "@/lib/witness";
import { keysIn } from "./verifier-keys";

const HELP = `usage: signalbox witness --keys FILE [--name NAME] --state FILE --log KEY… [--listen HOST:PORT] [--watch URL|PATH…] [--token-file FILE]
                         [--every SECONDS] [--once]
       signalbox witness --keys FILE [--name NAME] --print-keys

Remembers the largest checkpoint of each log that it knows, and cosigns only what goes on from it: so a log that was cut, or written
anew and signed with its own keys, is found. Run it where those who run the installation cannot reach it.

  --keys FILE        the witness's private keys; made at the first start, with --name (a host name of yours, without https://)
  --state FILE       what it saw; losing it means trusting every log anew
  --log KEY          a key of a log, as \`signalbox audit keys\` prints it, or a file of them
  --listen HOST:PORT answers POST /add-checkpoint (C2SP tlog-witness); the installation is told of it by WITNESSES
  --watch URL        fetches by itself: https://signalbox.example/api/TENANT/audit, with the API token that --token-file holds; of the
                     installation's own log …/api/platform/audit, with its WITNESS_TOKEN
  --watch PATH       a folder, or a file: checkpoints (\`signalbox audit checkpoint\`) and exports (*.jsonl, \`signalbox audit export\`)
                     that somebody brings. An export shows that the log goes on; a checkpoint alone does so only at the first time
  --every SECONDS    how often it does (60)
  --once             watches once: exit code 1 when a log is not what it was
  --print-keys       prints the public keys for WITNESSES and for \`signalbox audit verify --witness\`

Private addresses are asked only when OUTBOUND_ALLOW names them: witnesses=10.0.0.0/8
`;

const text = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  ...{ keys: text, name: text, state: text, log: many, listen: text, watch: many, every: text, once: flag },
  ...{ "token-file": text, "print-keys": flag, help: flag },
} as const;

export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { keys, state, log = [], watch = [], listen } = values;
  if (!keys) return misused();
  const signers = readSigners(keys, values.name);
  if (values["print-keys"]) {
    process.stdout.write(signers.map(({ key }) => `${formatVerifierKey(key)}\n`).join(""));
    return 0;
  }
  const every = Number(values.every ?? 60);
  if (!state || log.length === 0 || (!listen && watch.length === 0) || !(every > 0)) return misused();
  const file = new StateFile(state);
  try {
    const witness: Witness = { state: file, logs: log.flatMap(keysIn), signers };
    const token = values["token-file"] ? readFileSync(values["token-file"], "utf8").trim() : undefined;
    const round = () => watchAll(witness, watch, token);
    if (values.once) return (await round()) ? 0 : 1;
    return await stay(witness, listen, every, watch.length > 0 ? round : undefined);
  } finally {
    file.close();
  }
}

function misused(): number {
  process.stderr.write(HELP);
  return 2;
}

/** False when a log is not what it was, or could not be asked. */
async function watchAll(witness: Witness, places: readonly string[], token: string | undefined): Promise<boolean> {
  let fine = true;
  for (const place of places) {
    try {
      for (const { origin, size, problem } of await watchPlace(witness, place, token)) {
        if (problem) process.stderr.write(`${origin}  NOT COSIGNED  ${size}  ${problem}\n`);
        else process.stdout.write(`${origin}  cosigned  ${size}\n`);
        fine &&= !problem;
      }
    } catch (error) {
      fine = false;
      process.stderr.write(`${place}  not asked  ${error instanceof Error ? error.message : "it failed"}\n`);
    }
  }
  return fine;
}

async function watchPlace(witness: Witness, place: string, token: string | undefined): Promise<Watched[]> {
  return /^https?:/.test(place) ? [await watchLog(witness, place, token)] : watchFiles(witness, place);
}

/** Until it is told to stop. */
async function stay(
  witness: Witness,
  listen: string | undefined,
  every: number,
  round: (() => Promise<boolean>) | undefined,
): Promise<number> {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stopped.abort());
  const server = listen === undefined ? undefined : await serveWitness(witness, placeOf(listen));
  if (server) process.stdout.write(`listening on ${server.url}\n`);
  while (!stopped.signal.aborted) {
    await round?.();
    await sleep(every * 1_000, undefined, { signal: stopped.signal }).catch(() => undefined);
  }
  await server?.stop();
  return 0;
}

function placeOf(listen: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^(?:\[?([^\]]*?)\]?:)?(\d{1,5})$/.exec(listen) ?? [];
  if (port === "") throw new Error("--listen wants HOST:PORT.");
  return { host: host || "127.0.0.1", port: Number(port) };
}
