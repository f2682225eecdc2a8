/** All that a browser or an auditor without our database needs to hold an event against a signed checkpoint. */
export {
  formatTreeHead,
  type NoteSigner,
  type OpenedCheckpoint,
  openCheckpoint,
  parseTreeHead,
  signTreeHead,
  type TreeHead,
  verifySignatures,
} from "./checkpoint";
export { fromBase64, parseSize, toBase64 } from "./encoding";
export { leafOf, type ProvenEvent, verifyEvent, verifyEventProof } from "./event";
export { EXPORT_FORMAT, type ExportHeader, exportEventLine, exportHeaderLine } from "./export-file";
export { type ExportedLog, readExportedLog } from "./exported-log";
export { Frontier } from "./frontier";
export {
  EMPTY_ROOT,
  type Hash,
  leafHashOf,
  sameHash,
  verifyConsistency,
  verifyInclusion,
} from "./merkle";
export { formatNote, formatSignatureLine, type Note, type NoteSignature, parseNote } from "./note";
export { ProofError, type ProofErrorCode } from "./proof-error";
export { formatProof, type ProofFile, parsePath, parseProof } from "./proof-file";
export { type OpenedRenewal, openRenewal, type Renewal, renewalSchema, renewalText, renewedKeys } from "./renewal";
export {
  ED25519,
  ED25519_COSIGNATURE,
  formatKnownKey,
  formatVerifierKey,
  labelOf,
  MLDSA44_COSIGNATURE,
  parseKnownKey,
  parseVerifierKey,
  type SignatureType,
  signsAt,
  type VerifierKey,
  verifierKey,
} from "./verifier-key";
export { type ExportProblem, type ExportReport, type ExportTrust, verifyExport } from "./verify-export";
