import { fromBase64, joined, toBase64 } from "./encoding";
import { ProofError } from "./proof-error";
import { isKeyName, keyIdBytes } from "./verifier-key";

/** A line of C2SP signed-note: who signed, by which key, and what came out. */
export interface NoteSignature {
  name: string;
  id: number;
  signature: Uint8Array;
}

/** A text, which ends in a newline, and its signatures. Nothing of it is verified yet. */
export interface Note {
  text: string;
  signatures: NoteSignature[];
}

const MOST_SIGNATURES = 100;
/** Some 100 post-quantum signatures. */
const MOST_CHARACTERS = 1_000_000;
const LINE = /^— ([^ ]+) ([^ ]+)$/u;
const isControl = (code: number) => code < 0x20 && code !== 0x0a;

const malformed = (why: string) => new ProofError("malformed_note", `This is no signed note: ${why}.`);

export function parseNote(given: string): Note {
  if (given.length > MOST_CHARACTERS) throw malformed("it is too long");
  if (!given.isWellFormed() || given.includes("\uFFFD")) throw malformed("it is not UTF-8");
  for (let at = 0; at < given.length; at++) {
    if (isControl(given.charCodeAt(at))) throw malformed("it holds a control character");
  }
  const end = given.lastIndexOf("\n\n");
  if (end < 0 || !given.endsWith("\n") || end + 2 >= given.length) throw malformed("it has no signatures");
  const lines = given.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw malformed("it has too many signatures");
  return { text: given.slice(0, end + 1), signatures: lines.map(parseSignatureLine) };
}

/** One line, without its newline. */
function parseSignatureLine(line: string): NoteSignature {
  const [, name = "", base64 = ""] = LINE.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || !bytes || bytes.length < 5) throw malformed("a line after the text is no signature");
  return { name, id: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(4) };
}

export function formatSignatureLine({ name, id, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(joined(keyIdBytes(id), signature))}\n`;
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignatureLine).join("")}`;
}
