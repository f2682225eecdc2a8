import type { Duplex } from "node:stream";
import type pg from "pg";

/** What pg's connection has for COPY, which its types leave out. */
interface CopyConnection {
  stream: Duplex;
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

const copying = (connection: unknown) => connection as CopyConnection;
const BATCH = 64 * 1024;

/** The rows of `COPY … TO STDOUT`, each as a line of its own, some at a time: who reads slowly makes the server wait. */
export async function* copyOut(client: pg.Client, sql: string): AsyncGenerator<Buffer[]> {
  let rows: Buffer[] = [];
  let size = 0;
  let state: { done: true; error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  let stream: Duplex | undefined;
  client.query({
    submit(connection: unknown) {
      stream = copying(connection).stream;
      copying(connection).query(sql);
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      // The driver reads on into the same memory.
      rows.push(Buffer.from(chunk));
      size += chunk.length;
      if (size < BATCH) return;
      stream?.pause();
      wake();
    },
    handleCommandComplete: () => undefined,
    handleError(error: unknown) {
      state = { done: true, error };
      wake();
    },
    handleReadyForQuery() {
      state ??= { done: true };
      wake();
    },
  });
  try {
    for (;;) {
      if (size < BATCH && !state) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (state?.error) throw state.error;
      const batch = rows;
      rows = [];
      size = 0;
      stream?.resume();
      if (batch.length > 0) yield batch;
      else if (state) return;
    }
  } finally {
    // Who stops early leaves the rest to the connection, which reads it to its end.
    stream?.resume();
  }
}

/** Until the other side has read, or is gone. */
function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stream.off("drain", go).off("close", go);
      resolve();
    };
    stream.on("drain", go).on("close", go);
  });
}

/** Feeds `COPY … FROM STDIN`; returns when the server has taken all. What `source` throws ends the COPY, and is thrown. */
export async function copyIn(client: pg.Client, sql: string, source: AsyncIterable<Buffer>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let failed: { error: unknown } | undefined;
    const feed = async (connection: CopyConnection) => {
      try {
        for await (const chunk of source) {
          if (failed) return;
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain) await drained(connection.stream);
        }
        connection.endCopyFrom();
      } catch (error) {
        failed ??= { error };
        connection.sendCopyFail("the source failed");
      }
    };
    client.query({
      submit: (connection: unknown) => copying(connection).query(sql),
      handleCopyInResponse: (connection: unknown) => void feed(copying(connection)),
      handleCommandComplete: () => undefined,
      handleError(error: unknown) {
        failed ??= { error };
        reject(failed.error);
      },
      handleReadyForQuery: () => resolve(),
    });
  });
}
