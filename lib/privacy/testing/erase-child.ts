import { carryOutErasures } from "../carry-out";

// A worker in a process of its own, to be killed by the failpoint that its environment names.
await carryOutErasures();
process.exit(0);
