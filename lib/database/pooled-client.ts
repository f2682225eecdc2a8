import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

// On globalThis: evaluated first when the process starts, and perhaps once more in the midst of a request.
const kept = globalThis as typeof globalThis & { signalboxOutside?: ReturnType<typeof AsyncLocalStorage.snapshot> };
kept.signalboxOutside ??= AsyncLocalStorage.snapshot();
const outside = kept.signalboxOutside;

/**
 * A connection of a pool. Whichever request opens it, it belongs to none: else it would hold, for as long as it is open, what that
 * request knew, and with it who asked.
 */
export class PooledClient extends pg.Client {
  override connect(): Promise<this>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<this> | undefined {
    if (!callback) return outside(() => super.connect() as Promise<this>);
    outside(() => super.connect(callback));
    return undefined;
  }
}
