import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "prisma/config";

// Prisma's CLI wants to download its native schema engine. Where that is not there, the same engine runs from its WASM build.
const engines = path.join(import.meta.dirname, "node_modules/@prisma/engines");
const native = existsSync(engines) && readdirSync(engines).some((file) => file.startsWith("schema-engine"));
if (!native && process.platform !== "win32") {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "prisma/schema-engine.mjs");
}

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.MIGRATE_DATABASE_URL ?? "postgresql://signalbox_owner@127.0.0.1:5432/signalbox" },
});
