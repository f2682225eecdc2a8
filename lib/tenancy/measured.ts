import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";

/** Runs `work` and records how long it took and how it ended. */
export async function measured<T>(name: string, work: () => Promise<T>): Promise<T> {
  const end = metrics().commandSeconds.startTimer({ name });
  try {
    const result = await work();
    end({ outcome: "ok" });
    return result;
  } catch (error) {
    end({ outcome: error instanceof AppError ? error.code : "internal" });
    throw error;
  }
}
