import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const bitString = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const utcTime = (year: number) => der(0x17, Buffer.from(`${String(year % 100).padStart(2, "0")}0101000000Z`));
const ALGORITHMS = {
  ec: sequence(der(0x06, Buffer.from("2a8648ce3d040302", "hex"))),
  rsa: sequence(der(0x06, Buffer.from("2a864886f70d01010b", "hex")), der(0x05)),
};
const COMMON_NAME = der(0x06, Buffer.from("550403", "hex"));

/** A certificate that `name` signed for itself, made here so that no key lies in the repository. */
export function selfSigned(name: string, type: keyof typeof ALGORITHMS = "ec"): { cert: string; key: string } {
  const { publicKey, privateKey } =
    type === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = ALGORITHMS[type];
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    algorithm,
    subject,
    sequence(utcTime(2020), utcTime(2049)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const certificate = sequence(body, algorithm, bitString(sign("sha256", body, privateKey)));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}
