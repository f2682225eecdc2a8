import { startMoveWorker } from "../move-worker";

// A maintenance worker in a process of its own, to be killed by the failpoint that its environment names, or at any moment.
const [ownerUrl = "", migrations = ""] = process.argv.slice(2);
startMoveWorker({
  ownerUrl,
  migrations,
  graceMs: 0,
  pollMs: 20,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
setTimeout(() => process.exit(3), 25_000);
