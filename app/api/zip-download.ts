/** A ZIP file to be saved, and kept by no cache on its way. */
export function zipDownload({ name, body }: { name: string; body: Uint8Array<ArrayBuffer> }): Response {
  return new Response(body, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
