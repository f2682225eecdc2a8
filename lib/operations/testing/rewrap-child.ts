import { writeSync } from "node:fs";
import { disconnectDatabase } from "@/lib/database";
import { rewrapAll } from "@/lib/secrets";

// Rewraps in a process of its own, to be killed at any moment; a line for each batch that was committed.
await rewrapAll({ size: Number(process.argv[2]), onBatch: (rewrapped) => writeSync(1, `${rewrapped}\n`) });
await disconnectDatabase();
