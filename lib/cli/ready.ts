import http from "node:http";
import https from "node:https";
import { env } from "@/lib/env";

const HELP = `usage: signalbox ready

Asks the app at HOST and PORT whether it can serve, and prints its answer. Exit code 0 when it can: for a container's
health check.
`;

interface Answer {
  status: number;
  body: string;
}

/** Asks /readyz of the app that listens at HOST and PORT of this machine. */
export function askReady(): Promise<Answer> {
  const { HOST, PORT, TLS_CERT_FILE } = env();
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "::1" : HOST;
  return new Promise((resolve, reject) => {
    // The certificate bears the public name, and nothing secret is sent, so it is not compared with this one.
    const options = { host, port: PORT, path: "/readyz", timeout: 5_000, agent: false, rejectUnauthorized: false };
    const request = (TLS_CERT_FILE ? https : http).get(options, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
  });
}

export async function run(argv: string[]): Promise<number> {
  if (argv.length > 0) {
    process.stdout.write(HELP);
    return argv.includes("--help") ? 0 : 2;
  }
  const { status, body } = await askReady();
  process.stdout.write(`${body}\n`);
  return status === 200 ? 0 : 1;
}
