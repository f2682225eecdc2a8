import { expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { isLoopback } from "@/lib/resilience";
import { whoIsAnswered } from "./in-clear";

const WITHOUT_TLS = /HOST is .*in clear.*TLS_CERT_FILE and TLS_KEY_FILE.*PUBLIC_URL.*TRUSTED_PROXIES.*PLAIN_HTTP=yes/s;

test.each(["0.0.0.0", "::", "10.1.2.3", "signalbox.internal", "128.0.0.1"])("nobody listens on %s in clear", (HOST) => {
  const refuses = (more: Record<string, string>) =>
    expect(() => whoIsAnswered(parseEnv({ HOST, ...more }))).toThrow(WITHOUT_TLS);
  refuses({});
  refuses({ PUBLIC_URL: "https://signalbox.example" });
  refuses({ PUBLIC_URL: "http://signalbox.example", TRUSTED_PROXIES: "10.0.0.0/8" });
  refuses({ TRUSTED_PROXIES: "10.0.0.0/8" });
});

test("anybody is answered by TLS, on this machine alone, and where the operator says so", () => {
  for (const settings of [
    {},
    { HOST: "localhost" },
    { HOST: "127.9.9.9" },
    { HOST: "::1" },
    { HOST: "0.0.0.0", TLS_CERT_FILE: "a", TLS_KEY_FILE: "b" },
    { HOST: "0.0.0.0", PLAIN_HTTP: "yes" },
  ]) {
    expect(whoIsAnswered(parseEnv(settings))("203.0.113.9", "/sign-in"), JSON.stringify(settings)).toBe(true);
  }
});

test("behind a proxy that speaks TLS: the proxy, this machine, and who asks for no more than the state", () => {
  const address = "https://signalbox.example";
  for (const name of ["PUBLIC_URL", "NEXTAUTH_URL"]) {
    const mayAsk = whoIsAnswered(parseEnv({ HOST: "::", [name]: address, TRUSTED_PROXIES: "10.0.0.0/8" }));
    expect(mayAsk("10.2.3.4", "/sign-in")).toBe(true);
    expect(mayAsk("::ffff:10.2.3.4", "/sign-in")).toBe(true);
    expect(mayAsk("127.0.0.1", "/sign-in")).toBe(true);
    expect(mayAsk("11.0.0.1", "/sign-in")).toBe(false);
    expect(mayAsk("", "/sign-in")).toBe(false);
    expect(mayAsk("11.0.0.1", "/healthz")).toBe(true);
    expect(mayAsk("11.0.0.1", "/healthz/../sign-in")).toBe(false);
  }
});

test("what is this machine's own", () => {
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost"].filter((one) => !isLoopback(one))).toEqual([]);
  expect(["10.0.0.1", "::", "0.0.0.0", "", "localhost.example"].filter(isLoopback)).toEqual([]);
});
