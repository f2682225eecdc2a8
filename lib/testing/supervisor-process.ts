import { startEmbeddedPostgres } from "@/lib/database";

/** A process of its own, so that a test can kill it: says where PostgreSQL is and then only waits. */
const [dataDir = "", root = ""] = process.argv.slice(2);
const { port, pid, adopted, ownerUrl } = await startEmbeddedPostgres({ dataDir, root });
process.stdout.write(`${JSON.stringify({ port, pid: pid(), adopted, ownerUrl })}\n`);
