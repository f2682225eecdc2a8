import { writeSync } from "node:fs";
import { disconnectDatabase } from "@/lib/database";
import { rewrapAll, sealAllAgain } from "@/lib/secrets";

// Rewraps, or seals again, in a process of its own, to be killed at any moment; a line for each batch that was committed.
const [, , work, size] = process.argv;
const onBatch = (done: number) => writeSync(1, `${done}\n`);
if (work === "rewrap") await rewrapAll({ size: Number(size), onBatch });
else await sealAllAgain({ most: Number(size), graceMs: 0, onBatch });
await disconnectDatabase();
