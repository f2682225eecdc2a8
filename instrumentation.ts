/** Next calls this once per server process; the Edge runtime has no files to write. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPublishingWorker } = await import("@/lib/publishing");
  startPublishingWorker();
}
