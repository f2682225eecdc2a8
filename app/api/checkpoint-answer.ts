import { fileHeaders } from "./file-answer";

/** What auditors and witnesses fetch of any log: C2SP tlog-checkpoint and tlog-tiles. */
export function checkpointAnswer(note: string): Response {
  return new Response(note, { headers: fileHeaders({ name: "checkpoint.txt", type: "text/plain; charset=utf-8" }) });
}

export function tileAnswer(place: string, { bytes, whole }: { bytes: Uint8Array; whole: boolean }): Response {
  const headers = {
    ...fileHeaders({ name: `tile-${place}`, type: "application/octet-stream" }),
    // Behind a session or a token, so never in a shared cache.
    "cache-control": whole ? "private, max-age=31536000" : "private, max-age=60",
  };
  return new Response(new Uint8Array(bytes), { headers });
}
