import { startWorker } from "../worker";
import { fileSurroundings } from "./file-surroundings";

// A worker in a process of its own, to be killed by the failpoint that its environment names.
const [textFile = ""] = process.argv.slice(2);
startWorker(fileSurroundings(textFile), {
  pollMs: 50,
  leaseSeconds: 1,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
process.stdout.write("ready\n");
setTimeout(() => process.exit(3), 30_000);
