import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { captured } from "./testing/captured";

const { argv, exitCode } = process;
beforeEach(() => vi.resetModules());
afterEach(() => {
  process.argv = argv;
  process.exitCode = exitCode;
  vi.unstubAllEnvs();
});

/** As `signalbox …`: the file runs what it is called with as soon as it is loaded. */
function signalbox(...given: string[]) {
  process.argv = [process.execPath, "signalbox", ...given];
  return captured(async () => {
    await import("./main");
    return Number(process.exitCode);
  });
}

const COMMANDS = ["start", "check", "render", "diff", "import", "template", "preview", "batch", "migrate", "bootstrap"];

it("lists the commands, asked or not", async () => {
  const asked = await signalbox("--help");
  expect(asked).toMatchObject({ code: 0, err: "" });
  for (const name of [...COMMANDS, "audit"]) expect(asked.out).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
  vi.resetModules();
  expect(await signalbox()).toEqual(asked);
});

it.each(["nope", "toString", "__proto__"])("knows no command %s", async (name) => {
  const { code, out, err } = await signalbox(name);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(new RegExp(`^There is no command "${name}"\\.\n\nusage: signalbox <command>`));
});

it.each([...COMMANDS, "reset-password", "reset-factors", "person", "processing", "audit"])(
  "%s explains itself",
  async (name) => {
    const { code, out, err } = await signalbox(name, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^usage: signalbox ${name}`));
  },
);

it("says in one line why a command failed, and ends with 1", async () => {
  vi.stubEnv("MIGRATE_DATABASE_URL", "");
  expect(await signalbox("migrate")).toEqual({
    code: 1,
    out: "",
    err: "signalbox: MIGRATE_DATABASE_URL is not set.\n",
  });
});

it("wants the Node that it was made for", async () => {
  const { versions } = process;
  for (const [node, refused] of [
    ["20.19.0", true],
    ["24.6.9", true],
    ["24.7.0", false],
    ["25.0.0", false],
  ] as const) {
    vi.resetModules();
    Object.defineProperty(process, "versions", { configurable: true, value: { ...versions, node } });
    try {
      expect(await signalbox("help")).toMatchObject(
        refused
          ? { code: 1, out: "", err: expect.stringContaining(`Node 24.7 or newer is needed, and this is ${node}`) }
          : { code: 0, err: "" },
      );
    } finally {
      Object.defineProperty(process, "versions", { configurable: true, value: versions });
    }
  }
});
