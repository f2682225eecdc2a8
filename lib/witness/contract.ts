/** The body of C2SP tlog-witness's `POST /add-checkpoint`; the hashes of the proof are in base64. */
export function formatRequest(old: number, proof: readonly string[], checkpoint: string): string {
  return `${[`old ${old}`, ...proof].join("\n")}\n\n${checkpoint}`;
}
