/** Next calls this once per server process. The condition is written as Next wants it, to leave Node's code out elsewhere. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startPublishingWorker } = await import("@/lib/publishing");
    const { startHistoryWorker } = await import("@/lib/history");
    const { startNoticeWorker } = await import("@/lib/notices");
    const { startOperationsWorker } = await import("@/lib/operations");
    const { startTransparencyWorker } = await import("@/lib/transparency");
    const { startPrivacyWorker } = await import("@/lib/privacy");
    startPublishingWorker();
    startHistoryWorker();
    startNoticeWorker();
    startOperationsWorker();
    startPrivacyWorker();
    startTransparencyWorker();
  }
}
