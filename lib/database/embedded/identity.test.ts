import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const machine = vi.hoisted(() => ({ named: true, namespaces: true, reachable: true }));
vi.mock("node:os", async (original) => ({
  ...(await original<typeof import("node:os")>()),
  userInfo: () => {
    if (!machine.named) throw new Error("uv_os_get_passwd returned ENOENT");
    return { username: "somebody" };
  },
}));
vi.mock("node:child_process", async (original) => ({
  ...(await original<typeof import("node:child_process")>()),
  spawnSync: (program: string) => ({
    status: (program === "unshare" ? machine.namespaces : machine.reachable) ? 0 : 1,
  }),
}));
const { chooseIdentity, giveTo, spawnArguments } = await import("./identity");

const UNSHARE = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];
let folder: string;
beforeEach(() => {
  Object.assign(machine, { named: true, namespaces: true, reachable: true });
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-identity-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const as = (uid: number) => vi.spyOn(process, "getuid").mockReturnValue(uid);
const choose = () => chooseIdentity(folder, "/opt/initdb");

describe("a normal user", () => {
  beforeEach(() => void as(1000));

  test("runs PostgreSQL as itself", () => expect(choose()).toEqual({ prefix: [] }));

  test("without a name gets one in a namespace, or advice where there are none", () => {
    machine.named = false;
    expect(choose()).toEqual({ prefix: UNSHARE });
    machine.namespaces = false;
    expect(choose).toThrow(
      expect.objectContaining({
        code: "not_ready",
        message: expect.stringMatching(/no name .*not allowed here\. Start as/),
      }),
    );
  });
});

describe("root", () => {
  beforeEach(() => void as(0));
  const cluster = () => writeFileSync(path.join(folder, "PG_VERSION"), "18");

  test("runs it as nobody, or in a namespace where nobody cannot get there", () => {
    expect(choose()).toEqual({ uid: 65_534, gid: 65_534, prefix: [] });
    machine.reachable = false;
    expect(choose()).toEqual({ prefix: UNSHARE });
    machine.namespaces = false;
    expect(choose).toThrow(/does not run as root, and other users cannot reach/);
  });

  test.runIf(statSync("/").uid === 0 && process.getuid?.() === 0)(
    "runs it as the owner of the data, but never as root",
    () => {
      cluster();
      chownSync(folder, 3, 4);
      expect(choose()).toEqual({ uid: 3, gid: 4, prefix: [] });
      chownSync(folder, 0, 0);
      expect(choose()).toEqual({ prefix: UNSHARE });
    },
  );
});

test("programs start in a folder that every user may enter, behind their prefix", () => {
  expect(spawnArguments({ prefix: [] }, "/opt/initdb", ["-D", "x"])).toEqual([
    "/opt/initdb",
    ["-D", "x"],
    { cwd: "/" },
  ]);
  expect(spawnArguments({ uid: 3, gid: 4, prefix: ["unshare", "--user"] }, "/opt/initdb", ["-D"])).toEqual([
    "unshare",
    ["--user", "/opt/initdb", "-D"],
    { uid: 3, gid: 4, cwd: "/" },
  ]);
});

test.runIf(process.getuid?.() === 0)("files are given away only when it runs as somebody else", () => {
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  giveTo({ prefix: UNSHARE }, file);
  expect(statSync(file).uid).toBe(0);
  giveTo({ uid: 3, gid: 4, prefix: [] }, file);
  expect(statSync(file)).toMatchObject({ uid: 3, gid: 4 });
});
