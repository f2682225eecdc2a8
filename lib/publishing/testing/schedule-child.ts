import { runSchedules } from "../run-schedules";

// The worker of schedules in a process of its own, to be killed by whoever started it or by the failpoint in its environment.
runSchedules(20, (error) => process.stderr.write(`${String(error)}\n`));
process.stdout.write("ready\n");
setTimeout(() => process.exit(3), 30_000);
