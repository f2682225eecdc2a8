import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NotificationSink, startNotificationSink } from "@/lib/testing/notification-sink";
import { seededRandom } from "@/lib/testing/seeded";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import type { PostedAlert } from "./alerts";
import { buildRequests } from "./build-requests";
import { RandomReceivers } from "./random-receivers";

const ALERTMANAGER = "/usr/bin/prometheus-alertmanager";
const DEFAULTS = "/usr/share/prometheus/alertmanager";
const EXTERNAL = "http://am.example.org:9093/x";
const ROUNDS = process.env.SOAK ? 200 : 4;
/** Receivers in each round. */
const RECEIVERS = 60;
/** The same for everybody who commits; the soak looks further each time. */
const SEED = Number(process.env.SEED ?? (process.env.SOAK ? Date.now() % 1_000_000 : 1));
const profile = profileFor("alertmanager@0.25");

const VALUES = ["critical", "warning", "a b", "é🙂", "<script>\"'&", "a\nb\r\n\tc", "%41?&=+#", "x".repeat(300)];

class RealAlertmanager {
  #log = "";
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#log += chunk.toString("utf8");
    });
  }

  static async start(folder: string): Promise<RealAlertmanager> {
    const config = path.join(folder, "alertmanager.yml");
    writeFileSync(config, "route: {receiver: drop}\nreceivers: [{name: drop}]\n");
    const port = await freePort();
    const child = spawn(ALERTMANAGER, [
      ...[`--config.file=${config}`, `--storage.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`],
      ...["--cluster.listen-address=", `--web.external-url=${EXTERNAL}`, "--web.route-prefix=/"],
    ]);
    const running = new RealAlertmanager(`http://127.0.0.1:${port}`, folder, child);
    for (let tries = 0; tries < 400; tries++) {
      if ((await fetch(`${running.url}/-/ready`).catch(() => null))?.ok) return running;
      await sleep(50);
    }
    throw new Error(`Alertmanager did not start: ${running.#log}`);
  }

  async load(config: string): Promise<void> {
    writeFileSync(path.join(this.folder, "alertmanager.yml"), config);
    const answer = await fetch(`${this.url}/-/reload`, { method: "POST" });
    if (!answer.ok) throw new Error(`${await answer.text()}\n${config}`);
    this.#log = "";
  }

  async post(alerts: readonly PostedAlert[]): Promise<void> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(alerts) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** What made notifications fail for good, each once. */
  errors(): string[] {
    const lines = [...this.#log.matchAll(/msg="Notify for alerts failed".* err=("(?:[^"\\]|\\.)*")/g)];
    const texts = lines.flatMap(([, quoted]) => (JSON.parse(quoted!) as string).split(/; (?=\S+\/\w+\[\d+\]: )/));
    return unique(
      texts.filter((text) => text.includes("unrecoverable")).map((text) => text.replace(/after \d+/, "after N")),
    );
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await gone;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

/** Mails without what is made up for each, their headers in one order as Go has none. */
function mailData(data: string): string {
  const boundary = /boundary=(\S+)/.exec(data)?.[1] ?? "BOUNDARY";
  const plain = data.replaceAll(boundary, "BOUNDARY").replace(/^(Message-Id|Date): .*$/gm, "$1: <VOLATILE>");
  const end = plain.indexOf("\r\n\r\n");
  return plain.slice(0, end).split("\r\n").sort().join("\r\n") + plain.slice(end);
}

/** What is made up for each request to SNS, and tells which SDK made it. */
const SDK = /^(?:user-agent|authorization|accept-encoding|content-length|amz-sdk-.*|x-amz-.*)$/i;

function shown(request: ReturnType<typeof buildRequests>["requests"][number] | NotificationSink["received"][number]) {
  if ("smtp" in request) return JSON.stringify({ commands: request.commands, data: mailData(request.data) });
  const { method, scheme, host, path: target, headers, body } = request;
  const kept = target.startsWith("/sns/") ? headers.filter(([name]) => !SDK.test(name)) : headers;
  return JSON.stringify({ target: `${method} ${scheme}://${host}${target}`, headers: kept, body });
}

/** What only one side has, each beside what is most like it, from where they part. */
function differences(theirs: readonly string[], ours: readonly string[]): string[] {
  const onlyTheirs = theirs.filter((one) => !ours.includes(one));
  const onlyOurs = ours.filter((one) => !theirs.includes(one));
  const alike = (one: string, other: string) => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    return at;
  };
  const beside = (one: string, others: readonly string[], names: readonly string[]) => {
    const other = others.toSorted((left, right) => alike(one, right) - alike(one, left))[0] ?? "";
    const at = alike(one, other);
    const from = Math.max(0, at - 60);
    return `${one.slice(0, 90)} … at ${at}\n${names[0]}: ${one.slice(from, at + (other ? 120 : 900))}\n${names[1]}: ${other.slice(from, at + 120)}`;
  };
  return [
    ...onlyTheirs.map((one) => beside(one, onlyOurs, ["Alertmanager", "we"])),
    ...onlyOurs.map((one) => beside(one, onlyTheirs, ["we", "Alertmanager"])),
  ];
}

/** Some fire, then some of them are over, then all. */
function randomPhases(random: () => number, round: string): PostedAlert[][] {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  const alerts = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, at): PostedAlert => {
    const labels = { alertname: pick(["A", "DiskFull", "é"]), severity: pick(VALUES), round, number: String(at) };
    const annotations = {
      summary: pick(VALUES),
      html: pick(VALUES),
      ...(random() < 0.4 ? { long: "é ".repeat(900) } : {}),
    };
    return { labels, annotations, ...(random() < 0.5 ? { generatorURL: "http://p.example/g?x=1&y=<2>" } : {}) };
  });
  const part = alerts.filter(() => random() < 0.5);
  return [alerts, ...(part.length > 0 && part.length < alerts.length ? [part] : []), alerts];
}

/** Milliseconds until the alerts begin, in which they are built and posted; a busy machine gets more. */
const LEAD = 1500;

/** As they are posted. What has begun long ago is told at once, so that a group would be told of in pieces. */
function timed([first = [], ...later]: readonly (readonly PostedAlert[])[], lead = LEAD): PostedAlert[][] {
  const begin = Date.now() + lead;
  const startsAt = new Date(begin).toISOString();
  const endsAt = new Date(begin + 1).toISOString();
  const begun = first.map((alert) => ({ ...alert, startsAt }));
  return [begun, ...later.map((alerts) => alerts.map((alert) => ({ ...alert, startsAt, endsAt })))];
}

describe.skipIf(!existsSync(ALERTMANAGER))(
  "notifications of a running Alertmanager 0.25 (skipped when it is not installed)",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "alertmanager-live-"));
    let sink: NotificationSink;
    let running: RealAlertmanager;
    beforeAll(async () => {
      sink = await startNotificationSink();
      running = await RealAlertmanager.start(folder);
    });
    afterAll(async () => {
      await running.stop();
      await sink.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const defaults = ["default.tmpl", "email.tmpl"].map((name) => {
      const file = path.join(DEFAULTS, name);
      return { name, content: existsSync(file) ? readFileSync(file, "utf8") : "" };
    });

    function ours(text: string, phases: readonly (readonly PostedAlert[])[]) {
      const { config } = parseConfig(text, { profile, newId: () => "id" });
      return buildRequests(config!, profile, { phases, externalURL: EXTERNAL, defaults });
    }

    /** How what is sent differs, and how what goes wrong does. */
    async function compare(text: string, untimed: readonly (readonly PostedAlert[])[]) {
      await running.load(text);
      const tried = Date.now();
      ours(text, timed(untimed));
      const lead = Math.max(LEAD, 5 * (Date.now() - tried));
      const phases = timed(untimed, lead);
      const begun = Date.now();
      const built = ours(text, phases);
      const mine = built.requests.map((request) => ({ phase: request.phase, text: shown(request) }));
      sink.received.length = 0;
      for (const [phase, alerts] of phases.entries()) {
        // What ends has begun.
        if (phase > 0) await sleep(Math.max(0, begun + lead + 100 - Date.now()));
        await running.post(alerts);
        const wanted = mine.filter((request) => request.phase <= phase);
        const deadline = performance.now() + 30_000;
        const arrived = () => new Set(sink.received.map(shown));
        for (let got = arrived(); wanted.some((one) => !got.has(one.text)); got = arrived()) {
          if (performance.now() > deadline) break;
          await sleep(50);
        }
        await sleep(300);
      }
      const failures = built.failures
        .filter(({ retried }) => !retried)
        .map(({ receiver, integration, index, message }) => {
          const what = `${receiver}/${integration}[${index}]: notify retry canceled due to unrecoverable error`;
          return `${what} after N attempts: ${message}`;
        });
      const sent = differences(unique(sink.received.map(shown)), unique(mine.map((one) => one.text)));
      return { sent, errors: differences(running.errors(), unique(failures)) };
    }

    it(`are those that we build, seed ${SEED}`, { timeout: 60_000 + ROUNDS * 20_000 }, async () => {
      const random = seededRandom(SEED);
      const receivers = new RandomReceivers(random, sink);
      for (let round = 0; round < ROUNDS; round++) {
        let [text, phases] = [receivers.config(RECEIVERS, `n${round}`), randomPhases(random, `n${round}`)];
        // What kills the real program has tests of its own.
        while (ours(text, timed(phases)).crash !== undefined) {
          [text, phases] = [receivers.config(RECEIVERS, `n${round}`), randomPhases(random, `n${round}`)];
        }
        expect(await compare(text, phases), `seed ${SEED}, round ${round}`).toEqual({ sent: [], errors: [] });
      }
    });
  },
);
