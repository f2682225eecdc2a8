import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** A free port of 127.0.0.1 below the ephemeral range, which outgoing connections of other processes use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
