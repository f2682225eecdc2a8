import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const LIBRARIES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
];

/** What is missing for a real token in software; `null` when all is here. */
export function softTokenMissing(): string | null {
  if (spawnSync("softhsm2-util", ["--version"]).error || !LIBRARIES.some((file) => existsSync(file))) return "SoftHSM";
  try {
    createRequire(import.meta.url)("pkcs11js");
    return null;
  } catch {
    return "pkcs11js (npm rebuild pkcs11js)";
  }
}

export interface SoftToken {
  /** To be set before the first call. */
  settings: Record<string, string>;
  library: string;
  token: string;
  pin: string;
  pinFile: string;
  remove(): void;
}

/** A token of its own in a temporary folder. */
export function makeSoftToken(): SoftToken {
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-token-"));
  mkdirSync(path.join(folder, "tokens"));
  const config = path.join(folder, "softhsm2.conf");
  writeFileSync(config, `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const [token, pin, pinFile] = ["signalbox test", "73915-pin-of-a-test", path.join(folder, "pin")];
  writeFileSync(pinFile, `${pin}\n`, { mode: 0o600 });
  const { status, stderr } = spawnSync(
    "env",
    [
      `SOFTHSM2_CONF=${config}`,
      "softhsm2-util",
      "--init-token",
      "--free",
      "--label",
      token,
      "--so-pin",
      "of-the-officer",
      "--pin",
      pin,
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const library = LIBRARIES.find((file) => existsSync(file)) ?? "";
  const settings = {
    SOFTHSM2_CONF: config,
    PKCS11_MODULE: library,
    PKCS11_TOKEN: token,
    PKCS11_PIN_FILE: pinFile,
  };
  return { settings, library, token, pin, pinFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
