import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const APART = /\.test\.|\/testing\/|\/testdata\/|\/generated\/|\.d\.ts$/;

const sources = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:tsx?|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`)
    .filter((file) => !APART.test(file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") })),
);

const filesWith = (pattern: RegExp) => {
  const found = sources.filter(({ text }) => pattern.test(text));
  return found.map(({ file }) => file).sort();
};

test("no source of ours runs a text as code, or starts a shell", () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(filesWith(/\beval\s*\(|new Function\s*\(|\bvm\.run|from "node:vm"/)).toEqual([]);
  expect(
    filesWith(
      /shell:\s*true|\b(?:exec|execSync)\s*\(\s*[`"']|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from "node:child_process"/,
    ),
  ).toEqual([]);
});

test("no source of ours writes markup past React, and none listens to another window", () => {
  expect(filesWith(/dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/)).toEqual([]);
  // Messages go between a page and its own workers.
  expect(filesWith(/window\.addEventListener\("message"|window\.onmessage|\.opener\b.*postMessage/)).toEqual([]);
  expect(filesWith(/new (?:WebSocket|EventSource|RTCPeerConnection|DOMParser|XMLHttpRequest)\b/)).toEqual([]);
});

/** Their names of tables and columns are the schema's annotations, or constants beside them. */
const NAMES_IN_SQL = ["lib/privacy/carry-out.ts", "lib/privacy/export-person.ts", "lib/secrets/sealed-stores.ts"];

test("values reach SQL as parameters: what is put together as text has its names from the schema's annotations", () => {
  const found = filesWith(/\$(?:query|execute)RawUnsafe|Prisma\.raw\(/);
  expect(found.filter((file) => !NAMES_IN_SQL.includes(file))).toEqual([]);
  expect(found.length).toBeGreaterThan(1);
});

const MD5 = ["lib/alertmanager/rendering/config-hash.ts", "lib/test-sends/smtp-auth.ts"];

test("hash functions and ciphers are those of the inventory; MD5 and SHA-1 only where a protocol says so", () => {
  const named = (pattern: RegExp) => {
    return new Set(sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = ""]) => name)));
  };
  expect([...named(/create(?:Cipheriv|Decipheriv)\(\s*"([^"]+)"/g)].sort()).toEqual([
    "aes-256-gcm",
    "chacha20-poly1305",
  ]);
  const hashes = [...named(/create(?:Hash|Hmac)\(\s*"([^"]+)"/g)];
  expect(hashes.filter((name) => !["sha256", "sha384", "sha512", "md5"].includes(name))).toEqual([]);
  // The hash that Alertmanager shows of its configuration, and CRAM-MD5 of a smarthost that offers nothing else.
  expect(filesWith(/create(?:Hash|Hmac)\("md5"|hashes\/legacy/).sort()).toEqual(MD5);
  expect(filesWith(/createHash\("sha1"|createSign\(|publicEncrypt\(|RSA_PKCS1_PADDING|-ecb\b|-cbc\b/)).toEqual([]);
  const SECURITY = readFileSync("SECURITY.md", "utf8");
  for (const name of [
    "AES-256-GCM",
    "ChaCha20-Poly1305",
    "Argon2id",
    "SHA-256",
    "Ed25519",
    "ML-DSA-44",
    "X25519",
    "ML-KEM-768",
  ]) {
    expect(SECURITY).toContain(name);
  }
});

test("numbers that nobody may guess come from the generator for them: Math.random only spreads waits", () => {
  expect(filesWith(/Math\.random/)).toEqual(["lib/database/places/move.ts", "lib/resilience/retry.ts"]);
});

test("nothing is called but through the guarded door, and by pages their own server", () => {
  expect(filesWith(/(?<![.\w])fetch\(/).filter((file) => !file.startsWith("components/"))).toEqual([]);
  const paths = sources
    .filter(({ file }) => file.startsWith("components/"))
    .flatMap(({ text }) => [...text.matchAll(/(?<![.\w])fetch\(\s*([^,\n)]+)/g)].map(([, what]) => what?.trim()));
  expect(paths.sort()).toEqual([expect.stringMatching(/^`\/api\/auth\/signin\//), "path"]);
});

test("one place makes loggers, to stdout, and nothing writes to the console", () => {
  expect(filesWith(/from "pino"/)).toEqual(["lib/observability/logger.ts"]);
  expect(filesWith(/\bconsole\.\w+\(/)).toEqual([]);
});

test("nothing is looked up in a page by a name that markup could take, and nothing is kept on the document", () => {
  const named =
    /\b(?:document|window)\[|\bwindow\.name\b|\bdocument\.(?:forms|all|images|links|anchors|embeds|scripts|domain)\b/;
  expect(filesWith(named)).toEqual([]);
  expect(filesWith(/\b(?:document|window)\.(?!cookie\b|title\b|location\.)[\w.]+ = /)).toEqual([]);
});

test("threads share no memory: they tell each other by messages", () => {
  expect(filesWith(/SharedArrayBuffer|\bAtomics\b/)).toEqual([]);
  expect(filesWith(/new Worker\(/)).toEqual([
    "components/behaviour/behaviour-client.ts",
    "components/editor/worker-client.ts",
    "lib/secrets/keys/pkcs11.ts",
  ]);
});

/** What each library does for us; what is new here belongs into SECURITY.md first. */
const CRYPTOGRAPHY: Readonly<Record<string, readonly string[]>> = {
  "@noble/curves/ed25519.js": ["ed25519"],
  "@noble/hashes/legacy.js": ["md5"],
  "@noble/hashes/sha2.js": ["sha256"],
  "@noble/hashes/utils.js": ["bytesToHex"],
  "@noble/post-quantum/ml-dsa.js": ["ml_dsa44"],
  jose: ["SignJWT", "createLocalJWKSet", "jwtDecrypt", "jwtVerify"],
  "next-auth/jwt": ["decode", "encode"],
  "node:crypto": [
    ...[
      "argon2",
      "createCipheriv",
      "createDecipheriv",
      "createHash",
      "createHmac",
      "createPrivateKey",
      "createPublicKey",
    ],
    ...["decapsulate", "diffieHellman", "encapsulate", "generateKeyPairSync", "hkdfSync", "randomBytes", "randomInt"],
    ...["randomUUID", "sign", "timingSafeEqual", "verify"],
  ],
  otplib: ["generateSecret", "generateURI", "verify"],
};

test("cryptography is that of the inventory: no other function of these libraries, and no other library", () => {
  const from = /import \{([^}]*)\} from "(node:crypto|@noble\/[^"]+|jose|otplib|next-auth\/jwt)"/g;
  const unknown = sources.flatMap(({ file, text }) =>
    [...text.matchAll(from)].flatMap(([, names = "", library = ""]) =>
      names
        .split(",")
        .map((name) => name.trim().split(" as ")[0] ?? "")
        .filter((name) => name !== "" && name !== "errors" && !name.startsWith("type ") && !/^[A-Z]\w+$/.test(name))
        .filter((name) => !CRYPTOGRAPHY[library]?.includes(name))
        .map((name) => `${file}: ${name} of ${library}`),
    ),
  );
  expect(unknown).toEqual([]);
  expect(filesWith(/import (?:\* as )?\w+ from "(?:node:crypto|@noble\/[^"]+|jose|otplib)"/)).toEqual([]);
  const others = /from "(?:crypto-js|bcrypt\w*|node-forge|tweetnacl|elliptic|sjcl|openpgp|argon2|crypto|jsonwebtoken)"/;
  expect(filesWith(others)).toEqual([]);
  // The key of sessions' cookies is imported there, for jose.
  expect(filesWith(/\bsubtle\.(?!importKey\b)/)).toEqual([]);
});

test("no file has an address but those of the build, pictures of ours and what a route answers", () => {
  expect(existsSync("public")).toBe(false);
  const app = readdirSync("app", { recursive: true, encoding: "utf8" });
  const kinds = new Set(app.filter((name) => /\.\w+$/.test(name)).map((name) => name.split(".").at(-1)));
  // Next gives an address of its own to pictures and to route.ts, page.tsx and their like only.
  expect([...kinds].sort()).toEqual(["css", "json", "svg", "ts", "tsx"]);
});
