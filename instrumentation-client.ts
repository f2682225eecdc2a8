import { config } from "zod";

// Before any schema is built: zod tries `new Function` to see whether it may, and the CSP reports even what is caught.
config({ jitless: true });
